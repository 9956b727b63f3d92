using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>What people follow, as far as a source can look for reports of it. Nothing of it, and nothing is asked.</summary>
/// <param name="Trials">Registrations of studies that people included or call ongoing.</param>
/// <param name="Reports">Publications of included studies.</param>
/// <param name="Citing">What was found last to cite such reports: it stays found, for the service that tells citations forgets them at times without a word.</param>
public sealed record KnownStudies(IReadOnlyList<NctId> Trials, IReadOnlyList<Pmid> Reports, IReadOnlyList<Pmid> Citing);
