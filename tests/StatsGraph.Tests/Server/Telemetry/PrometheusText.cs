using System.Globalization;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>A value of a metric.</summary>
/// <param name="Name">Name of the series, with the ending that a histogram gives it.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The value.</param>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>What <c>/metrics</c> says, read strictly by Prometheus' text format 0.0.4: whatever breaks a rule of it fails the test.</summary>
public sealed class PrometheusText
{
    private readonly Dictionary<string, string> types = [];
    private readonly List<MetricSample> samples = [];
    private readonly string text;
    private int at;

    private PrometheusText(string text) => this.text = text;

    /// <summary>Types by name of the metric.</summary>
    public IReadOnlyDictionary<string, string> Types => types;

    public IReadOnlyList<MetricSample> Samples => samples;

    public static PrometheusText Parse(string text)
    {
        var read = new PrometheusText(text);
        Assert.True(text.EndsWith('\n'), "the last line has no end");
        while (read.at < text.Length)
            read.ReadLine();
        read.Check();
        return read;
    }

    /// <summary>The sum of the series of a name that have all the labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => Matching(name, labels).Sum(sample => sample.Value);

    /// <summary>The series of a name that have all the labels.</summary>
    public IEnumerable<MetricSample> Matching(string name, params (string Name, string Value)[] labels) => samples.Where(
        sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value));

    private void ReadLine()
    {
        if (Next('\n'))
            return;
        if (text[at] != '#')
        {
            ReadSample();
            return;
        }

        var end = text.IndexOf('\n', at);
        var words = text[at..end].Split(' ', 4);
        if (words is ["#", "TYPE", var name, var type])
        {
            Assert.Contains(type, new[] { "counter", "gauge", "histogram", "summary", "untyped" });
            Assert.True(types.TryAdd(name, type), $"{name} has two types");
            Assert.DoesNotContain(samples, sample => MetricOf(sample.Name) == name);
        }
        else
        {
            Assert.True(words is ["#", "HELP", _, _], text[at..end]);
        }

        at = end + 1;
    }

    private void ReadSample()
    {
        var name = Name();
        var labels = new Dictionary<string, string>();
        if (Next('{'))
        {
            while (!Next('}'))
            {
                var label = Name();
                Expect('=');
                Assert.True(labels.TryAdd(label, Quoted()), $"{name} has two labels {label}");
                if (text[at] != '}')
                    Expect(',');
            }
        }

        Expect(' ');
        var end = text.IndexOf('\n', at);
        var value = text[at..end] switch
        {
            "+Inf" => double.PositiveInfinity,
            "NaN" => double.NaN,
            var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        Assert.DoesNotContain(samples, sample => sample.Name == name && sample.Labels.Count == labels.Count && !sample.Labels.Except(labels).Any());
        samples.Add(new MetricSample(name, labels, value));
        at = end + 1;
    }

    private string Name()
    {
        var begin = at;
        while (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or ':')
            at++;
        Assert.True(at > begin && !char.IsAsciiDigit(text[begin]), $"no name at {begin}: {text.AsSpan(begin, Math.Min(40, text.Length - begin))}");
        return text[begin..at];
    }

    private string Quoted()
    {
        Expect('"');
        var value = new System.Text.StringBuilder();
        for (; text[at] != '"'; at++)
        {
            Assert.NotEqual('\n', text[at]);
            if (text[at] == '\\')
            {
                at++;
                Assert.Contains(text[at], "\\\"n");
                value.Append(text[at] == 'n' ? '\n' : text[at]);
            }
            else
            {
                value.Append(text[at]);
            }
        }

        at++;
        return value.ToString();
    }

    /// <summary>Every series has a type; buckets of a histogram grow and end in its count.</summary>
    private void Check()
    {
        Assert.All(samples, sample => Assert.True(types.ContainsKey(MetricOf(sample.Name)), $"{sample.Name} has no type"));
        var histograms = samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).GroupBy(
            sample => sample.Name + string.Join(',', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal)));
        Assert.All(histograms, buckets =>
        {
            Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
            Assert.Equal("+Inf", buckets.Last().Labels["le"]);
            var labels = buckets.First().Labels.Where(label => label.Key != "le").Select(label => (label.Key, label.Value)).ToArray();
            Assert.Equal(buckets.Last().Value, Sum(MetricOf(buckets.First().Name) + "_count", labels));
        });
    }

    private string MetricOf(string series)
    {
        string[] endings = ["_bucket", "_sum", "_count"];
        return endings.Where(ending => series.EndsWith(ending, StringComparison.Ordinal)).Select(ending => series[..^ending.Length])
            .FirstOrDefault(name => types.GetValueOrDefault(name) == "histogram") ?? series;
    }

    private bool Next(char expected)
    {
        var isNext = text[at] == expected;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void Expect(char expected) => Assert.True(Next(expected), $"expected '{expected}' at {at}: {text.AsSpan(at, Math.Min(40, text.Length - at))}");
}
