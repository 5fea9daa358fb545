using System.Text.RegularExpressions;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Command;

/// <summary>The written definitions name every class and every reason that there is, and no others.</summary>
public sealed partial class FiguresTests
{
    private static readonly string Text = Repository.Read("schema/FIGURES.md");

    [Fact]
    public void Every_class_has_its_row() => Assert.Equal(
        Enum.GetValues<LineClass>().Where(lineClass => lineClass != LineClass.Blank).Select(lineClass => lineClass.Text().ToUpperInvariant()).Order(StringComparer.Ordinal),
        Row().Matches(Section("| class |")).SelectMany(Names).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reason_has_its_row() => Assert.Equal(
        Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None).Select(reason => reason.Name()).Order(StringComparer.Ordinal),
        Row().Matches(Section("| reason |")).SelectMany(Names).Order(StringComparer.Ordinal));

    private static string Section(string head)
    {
        var begin = Text.IndexOf(head, StringComparison.Ordinal);
        return Text[begin..Text.IndexOf("\n\n", begin, StringComparison.Ordinal)] + "\n";
    }

    private static IEnumerable<string> Names(Match row) => Code().Matches(row.Groups["names"].Value).Select(code => code.Groups["name"].Value);

    [GeneratedRegex(@"^\| (?<names>`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Code();
}
