using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>base import</c>: the review as published comes in.</summary>
internal static class BaseCommand
{
    private static readonly Argument<string> Folder = new("FOLDER") { Description = $"The folder that holds {BaseReviewFile.Name} and {IncludedTable.Name}." };

    public static Command Create()
    {
        var verb = new Command("base", "The review as published, which the living review begins from.");
        var import = CommonOptions.Verb("import", $"Takes {BaseReviewFile.Name} and {IncludedTable.Name} in whole, or nothing of them. The same again changes nothing.", "base import review --json", Folder, CommonOptions.Store);
        import.SetAction(ImportAsync);
        verb.Subcommands.Add(import);
        return verb;
    }

    private static async Task<int> ImportAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var review = Read(call.GetValue(Folder)!);
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        await using var lease = await provider.GetRequiredService<Leases>().TakeAsync(Leases.Night, cancellationToken);
        var did = await provider.GetRequiredService<BaseShelf>().ImportAsync(review, lease, cancellationToken);
        var studies = review.ListedStudies;
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new
            {
                review.Version,
                review.Doi,
                SearchDate = review.Searched.Text,
                Did = Spelling.Of(did),
                Published = new { review.Studies, review.Patients },
                Rows = new { Studies = studies.Count, Reports = review.Records.Count, Patients = studies.Sum(study => study.Patients ?? 0), NotReported = studies.Count(study => study.Patients is null) },
                Difference = review.Differences(),
            });
            return ExitCode.Done;
        }

        Answers.Line($"Base review {review.Version} ({review.Doi}), searched {review.Searched}: {studies.Count} studies with {review.Records.Count} reports. {Done(did)}");
        review.Differences().ToList().ForEach(Answers.Line);
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">The folder or a file is missing, or has faults.</exception>
    private static BaseReview Read(string folder)
    {
        var (head, rows) = (Path.Combine(folder, BaseReviewFile.Name), Path.Combine(folder, IncludedTable.Name));
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        if (!File.Exists(head))
        {
            throw new UsageException($"There is no {head}. Write it, for example: {BaseReviewFile.Example}");
        }

        if (!File.Exists(rows))
        {
            throw new UsageException($"There is no {rows}. It begins with the line study,pmid,nct,patients,note and has one included study, or report, a line.");
        }

        try
        {
            using var text = new StreamReader(rows);
            return BaseReviewFile.Read(File.ReadAllText(head), head, IncludedTable.Read(text, rows));
        }
        catch (ReviewFileException faulty)
        {
            throw new UsageException($"Nothing was imported:{Environment.NewLine}{faulty.Message}");
        }
    }

    private static string Done(BaseImport did) => did switch
    {
        BaseImport.New => "Imported.",
        BaseImport.Replaced => "It was held otherwise, and is replaced.",
        _ => "It was held already; nothing changed.",
    };
}
