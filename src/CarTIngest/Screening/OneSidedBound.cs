using System.Globalization;

namespace CarTIngest.Screening;

/// <summary>k of n with its exact one-sided 95 % bound (Clopper and Pearson 1934): the share that would give so extreme a count in one of twenty samples.</summary>
public static class OneSidedBound
{
    private const double Doubt = 0.05;

    /// <summary>Halvings after which a share is as exact as a double is.</summary>
    private const int Halvings = 60;

    /// <summary>The share is at most this: for misses. 1 where nothing was looked at or all were misses.</summary>
    public static double Upper(int k, int n)
    {
        Check(k, n);
        return k == n ? 1 : Between(share => AtMost(k, n, share) > Doubt);
    }

    /// <summary>The share is at least this: for hits. 0 where nothing was looked at or none was a hit.</summary>
    public static double Lower(int k, int n)
    {
        Check(k, n);
        return 1 - Upper(n - k, n);
    }

    /// <summary><c>2 of 120, at most 5.2 %</c>.</summary>
    public static string Misses(int k, int n) =>
        n == 0 ? "0 of 0: nothing was looked at" : string.Create(CultureInfo.InvariantCulture, $"{k} of {n}, at most {100 * Upper(k, n):0.0} % (one-sided 95 % bound)");

    private static void Check(int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
    }

    private static double Between(Func<double, bool> isAbove)
    {
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = isAbove(middle) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The chance of at most k of n, summed in logarithms so that large n do not vanish.</summary>
    private static double AtMost(int k, int n, double share)
    {
        var term = n * Math.Log(1 - share);
        var odds = Math.Log(share) - Math.Log(1 - share);
        var sum = Math.Exp(term);
        for (var i = 1; i <= k; i++)
        {
            term += Math.Log((double)(n - i + 1) / i) + odds;
            sum += Math.Exp(term);
        }

        return sum;
    }
}
