using System.Text;
using System.Text.Json;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;
using StatsGraph.Tests.Oracle;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Invariants;

/// <summary>The fast parser and the reference parser make the same of whole lines, damaged lines and rubbish.</summary>
public class ParserAgreementTests
{
    private static readonly LineClassifier Fast = new(ClassificationRules.Default);
    private static readonly ReferenceClasses Reference = new(ListedBots());

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Both_parsers_agree_on_every_byte(int seed)
    {
        var accepted = 0;
        foreach (var line in FuzzLine.Many(seed, 25_000))
        {
            var stripped = LineText.Strip(line);
            Assert.Equal(ReferenceParser.Strip(line), stripped.ToArray());
            var reference = ReferenceParser.Parse(stripped.ToArray());
            var expected = $"{Reference.Of(reference)} {reference}";
            var actual = Describe(stripped);
            Assert.True(expected == actual, $"{Convert.ToHexString(line)}\n{Encoding.Latin1.GetString(line)}\nexpected {expected}\n     was {actual}");
            accepted += reference is ReferenceLine.Accepted ? 1 : 0;
        }

        Assert.InRange(accepted, 1_000, 24_000);
    }

    private static string Describe(ReadOnlySpan<byte> line)
    {
        if (LineText.IsBlank(line))
            return $"blank {new ReferenceLine.Blank()}";
        if (!LineParser.TryParse(line, out var record, out var reason))
            return $"rejected {new ReferenceLine.Rejected(reason.Name())}";
        var address = ClientAddress.From(record.Address);
        var lineClass = Fast.Classify(record, MountPath.FromTarget(record.Target), Fast.UserAgents.Read(record.UserAgent));
        return $"{lineClass.Text()} " + new ReferenceLine.Accepted(
            address.Canonical,
            address.Address is not null,
            User(line),
            record.EndedAt!.Value,
            Encoding.UTF8.GetString(record.Method),
            MountPath.FromTarget(record.Target).Text,
            Encoding.UTF8.GetString(record.Version),
            record.Status,
            record.Bytes,
            LineText.Field(record.Referrer),
            ReferrerHost.Of(record.Referrer),
            LineText.Field(record.UserAgent),
            record.Duration);
    }

    /// <summary>The user column, which the product reads over and never keeps.</summary>
    private static string User(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).Split(' ')[2];

    private static List<string> ListedBots()
    {
        using var stream = typeof(LineClassifier).Assembly.GetManifestResourceStream("crawler-user-agents.json")!;
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("pattern").GetString()!).ToList();
    }
}
