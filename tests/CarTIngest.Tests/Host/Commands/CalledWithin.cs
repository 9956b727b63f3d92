using System.Reflection;
using System.Text;
using CarTIngest.Host.Storage;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>The executable's entry point, called within this process; what a call writes to the console is its own, also while others run beside it.</summary>
internal static class CalledWithin
{
    private static readonly MethodInfo Entry = typeof(StoreFactory).Assembly.EntryPoint ?? throw new InvalidOperationException("The executable has no entry point.");

    private static readonly FlowWriter Out = new(Console.Out);
    private static readonly FlowWriter Error = new(Console.Error);

    static CalledWithin()
    {
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    public static async Task<Answered> RunAsync(params string[] arguments)
    {
        var (answers, said) = (Out.Begin(), Error.Begin());
        var code = await Task.Run(() => (int)Entry.Invoke(null, [arguments])!);
        return new Answered($"cartingest {string.Join(' ', arguments)}", code, answers.ToString(), said.ToString());
    }

    /// <summary>Writes into what the current flow of control began, and outside of any to where it went before.</summary>
    private sealed class FlowWriter(TextWriter outside) : TextWriter
    {
        private readonly AsyncLocal<StringWriter?> flow = new();

        public override Encoding Encoding => outside.Encoding;

        public StringWriter Begin() => flow.Value = new StringWriter();

        public override void Write(char value) => (flow.Value ?? outside).Write(value);

        public override void Write(string? value) => (flow.Value ?? outside).Write(value);

        public override void Flush() => (flow.Value ?? outside).Flush();
    }
}
