namespace CarTIngest.Eligibility.Text;

/// <summary>What stands between a word and the one before it.</summary>
internal enum Gap
{
    /// <summary>Nothing: they are glued, as in CD33CART.</summary>
    None,

    /// <summary>Space, hyphen, slash, or a dot without a space: the words may be one expression.</summary>
    Light,

    /// <summary>A comma: within an expression only where it is turned around, as in "Leukemia, Myeloid, Acute".</summary>
    Comma,

    /// <summary>Any other mark within a sentence.</summary>
    Mark,

    /// <summary>The end of a sentence, of a line, or the start of the text.</summary>
    Sentence,
}

/// <summary>A word of a text: letters of one case pattern, or digits.</summary>
/// <param name="Key">As words are compared: lower case, American spelling, singular.</param>
/// <param name="Cased">As written, singular: for words whose case tells.</param>
/// <param name="Start">In the stored text.</param>
/// <param name="End">In the stored text, exclusive.</param>
/// <param name="Before">What stands before it.</param>
/// <param name="Positive">A plus sign follows directly: CD33+.</param>
internal readonly record struct Token(string Key, string Cased, int Start, int End, Gap Before, bool Positive);
