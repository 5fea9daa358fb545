using System.CommandLine;

namespace StatsGraph.Verbs;

/// <summary>What may be done with reports that are issued: to issue one, show a revision, verify, list. One at a time.</summary>
internal sealed class RevisionOptions
{
    private readonly Option<bool> issue = new("--issue")
    {
        Arity = ArgumentArity.Zero,
        Description = "Keep the report as issued: as revision 1, or as the next one where a figure has changed",
    };

    private readonly Option<int?> revision = new("--revision") { HelpName = "N", Description = "Show a revision as it was issued" };

    private readonly Option<bool> verify = new("--verify")
    {
        Arity = ArgumentArity.Zero,
        Description = "Check the issued revisions, or the one of --revision, and compute them again from the lake as it was",
    };

    private readonly Option<bool> list;

    /// <param name="listing">What <c>--list</c> does, for the help.</param>
    public RevisionOptions(string listing) => list = new("--list") { Arity = ArgumentArity.Zero, Description = listing };

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [issue, revision, verify, list];

    /// <summary>What is asked for.</summary>
    /// <exception cref="CommandException">Options that exclude one another are together, or a revision has no number from 1.</exception>
    public AskedRevision Read(ParseResult parsed)
    {
        var number = parsed.GetValue(revision);
        if (number is < 1)
        {
            throw CommandException.WrongUsage("option '--revision': revisions are numbered from 1");
        }

        var acts = new[] { issue, verify, list }.Where(parsed.GetValue).Select(act => act.Name).ToList();
        if (acts.Count > 1)
        {
            throw CommandException.WrongUsage($"options '{acts[0]}' and '{acts[1]}' cannot be together");
        }

        if (number is not null && acts.Exists(act => act != verify.Name))
        {
            throw CommandException.WrongUsage($"options '{revision.Name}' and '{acts[0]}' cannot be together");
        }

        return new AskedRevision(parsed.GetValue(issue), parsed.GetValue(verify), parsed.GetValue(list), number);
    }
}

/// <summary>What is asked for of issued reports; without any of it, a draft.</summary>
/// <param name="Issue">Whether to issue one.</param>
/// <param name="Verify">Whether to verify revisions.</param>
/// <param name="List">Whether to list them.</param>
/// <param name="Number">The revision to show or to verify; null for none or all.</param>
internal sealed record AskedRevision(bool Issue, bool Verify, bool List, int? Number);
