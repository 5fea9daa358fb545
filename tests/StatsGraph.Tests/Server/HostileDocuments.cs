using System.Text;
using System.Text.Json;

namespace StatsGraph.Tests.Server;

/// <summary>A request that means harm, and the error that it gets.</summary>
/// <param name="Body">What is posted.</param>
/// <param name="Status">Status of the answer to one who accepts GraphQL's own media type.</param>
/// <param name="Code">Code of its first error.</param>
/// <param name="Limit">The limit that the error tells; null where it is about none.</param>
internal sealed record HostileDocument(byte[] Body, int Status, string Code, int? Limit = null);

/// <summary>Requests that mean harm, by name. All fit the limit of a body, unless that is what they are about.</summary>
internal static class HostileDocuments
{
    /// <summary>Writes quotes and signs as they are, so that what is large in a document is no larger in the body.</summary>
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<HostileDocument>> All = new()
    {
        // More of what is allowed.
        ["a field 20,000 times"] = () => Query("{ " + Repeat("__typename ", 20_000) + "}", "TOO_MANY_FIELDS", 512),
        ["4,000 fields that are not there"] = () => Query("{ " + Each(4_000, i => $"nothing{i} ") + "}", "TOO_MANY_FIELDS", 512),
        ["500 fields that are not there"] = () => Query("{ site(key: \"demo\") { " + Each(500, i => $"nothing{i} ") + "} }", "FIELDS_ON_CORRECT_TYPE"),
        ["10,000 aliases"] = () => Query("{ " + Each(10_000, i => $"a{i}: __typename ") + "}", "TOO_MANY_FIELDS", 512),
        ["21 aliases at the root"] = () => Query("{ " + Each(21, i => $"a{i}: site(key: \"demo\") {{ name }} ") + "}", "TOO_MANY_ROOT_FIELDS", 20),
        ["500 aliases at the root in a fragment"] = () => Query(
            "{ ...f } fragment f on Query { " + Each(500, i => $"a{i}: __typename ") + "}", "TOO_MANY_ROOT_FIELDS", 20),
        ["240 fields of one name that differ"] = () => Query(
            "{ site(key: \"demo\") { report(period: { month: \"2026-10\" }) { " + Each(240, i => $"a: mounts(first: {i}) {{ totalCount }} ") + "} } }",
            "TOO_MANY_REPETITIONS", 20),
        ["500 fields of one name in 20 places"] = () => Query(
            "{ site(key: \"demo\") { report(period: { month: \"2026-10\" }) { "
            + Each(20, n => Each(24, i => $"a{n}: mounts(first: {i}) {{ __typename }} ")) + "} } }",
            "TOO_MANY_FIELDS", 512),
        ["240 fields of one name in 12 places that differ"] = () => Query(
            "{ site(key: \"demo\") { report(period: { month: \"2026-10\" }) { "
            + Each(12, n => Each(20, i => $"a{n}: mounts(first: {i}) {{ totalCount }} ")) + "} } }",
            "OVERLAPPING_FIELDS_CAN_BE_MERGED"),
        ["500 fields of one name in 25 places that differ"] = () => Query(
            "{ site(key: \"demo\") { " + Each(500, i => $"a{i % 25}: {(i / 25 % 2 == 0 ? "name" : "timeZone")} ") + "} }",
            "OVERLAPPING_FIELDS_CAN_BE_MERGED"),
        ["fields 16 deep"] = () => Query(Nest("{ a ", "} ", 16), "TOO_DEEP", 15),
        ["fields 10,000 deep"] = () => Query(Nest("{ a ", "} ", 10_000), "TOO_DEEP", 128),
        ["inline fragments 10,000 deep"] = () => Query("{ a " + Nest("{ ... ", "} ", 10_000) + "}", "TOO_DEEP", 128),
        ["introspection 16 deep"] = () => Query("{ __schema { types { fields { type " + Nest("{ ofType ", "}", 12) + " } } } }", "TOO_DEEP", 15),
        ["introspection that is wide"] = () => Query(
            "{ __schema { " + Each(100, i => $"t{i}: types {{ name fields {{ name type {{ name }} }} }} ") + "} }", "TOO_MANY_FIELDS", 512),
        ["introspection in circles"] = () => Query(
            "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } } } } } }",
            "TOO_DEEP", 15),
        ["quarter hours of ten years, 60 times"] = () => Query(
            "{ site(key: \"demo\") { report(period: { days: { from: \"2016-01-01\", to: \"2026-01-01\" } }) { "
            + Each(60, i => $"s{i}: timeSeries(interval: QUARTER_HOUR) {{ buckets {{ metrics {{ listeners }} }} }} ") + "} } }", "HC0047"),
        ["all figures of 1,000 sites"] = () => Query(
            "{ sites(first: 1000) { nodes { report(period: { month: \"2026-10\" }) { totals { listeners averageQuarterHour peakConcurrent { sessions } } } } } }",
            "HC0047"),
        ["20 pages of 1,000 rows in 20 places"] = () => Query(
            "{ " + Each(20, i => $"a{i}: site(key: \"demo\") {{ report(period: {{ month: \"2026-10\" }}) {{ "
            + Each(4, j => $"b{j}: groups(by: [MOUNT, PLAYER], first: 1000) {{ nodes {{ metrics {{ sessions }} }} }} ") + "} } ") + "}", "HC0047"),
        ["5,000 arguments"] = () => Query("{ site(" + Each(5_000, i => $"a{i}: 1 ") + ") { name } }", "TOO_MANY_ARGUMENTS", 1_024),
        ["one argument 1,000 times"] = () => Query("{ site(" + Repeat("key: \"demo\" ", 1_000) + ") { name } }", "UNIQUE_ARGUMENT_NAMES"),
        ["5,000 directives in one place"] = () => Query("{ __typename " + Repeat("@skip(if: true) ", 1_000) + Repeat("@a ", 4_000) + "}",
            "TOO_MANY_DIRECTIVES_PER_LOCATION", 4),
        ["5 directives on an operation"] = () => Query("query " + Repeat("@a ", 5) + "{ __typename }", "TOO_MANY_DIRECTIVES_PER_LOCATION", 4),
        ["400 directives in 100 places"] = () => Query(
            "{ site(key: \"demo\") { " + Each(100, i => $"a{i}: name {Repeat("@a ", 4)}") + "} }", "TOO_MANY_DIRECTIVES", 64),
        ["5,000 operations"] = () => Query(Each(5_000, i => $"query q{i} {{ __typename }} "), "TOO_MANY_FIELDS", 512),
        ["500 operations"] = () => Query(Each(500, i => $"query q{i} {{ __typename }} "), "TOO_MANY_DEFINITIONS", 64),
        ["5,000 variables"] = () => Query("query(" + Each(5_000, i => $"$v{i}: Int ") + ") { __typename }", "TOO_MANY_VARIABLES", 64),

        // Fragments.
        ["a fragment within itself"] = () => Query("{ ...f } fragment f on Query { __typename ...f }", "NO_FRAGMENT_CYCLES"),
        ["a circle of 60 fragments"] = () => Query(
            "{ ...f0 } " + Each(60, i => $"fragment f{i} on Query {{ ...f{(i + 1) % 60} }} "), "NO_FRAGMENT_CYCLES"),
        ["fragments that double 60 times"] = () => Query(
            "{ ...f0 } " + Each(60, i => $"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }} ") + "fragment f60 on Query { __typename }", "TOO_MANY_FIELDS", 512),
        ["fragments that double and end in nothing"] = () => Query(
            "{ ...f0 } " + Each(60, i => $"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }} "), "TOO_MANY_FIELDS", 512),
        ["fragments that all spread all"] = () => Query(
            "{ ...f0 } " + Each(50, i => $"fragment f{i} on Query {{ {Each(50, j => $"...f{j} ")}}} "), "TOO_MANY_FIELDS", 512),
        ["10,000 spreads of no fragment"] = () => Query("{ " + Repeat("...f ", 10_000) + "}", "TOO_MANY_FIELDS", 512),
        ["5,000 fragments that nobody spreads"] = () => Query(
            "{ __typename } " + Each(5_000, i => $"fragment f{i} on Query {{ __typename }} "), "TOO_MANY_FIELDS", 512),

        // Values of arguments.
        ["a list of 10,000 items"] = () => Query(Filter($"mount: {{ in: [{Repeat("\"/a\" ", 10_000)}] }}"), "LIST_TOO_LONG", 1_000),
        ["10,000 items in 20 lists"] = () => Query(Filter(Each(20, i => $"a{i}: [{Repeat("1 ", 500)}] ")), "TOO_MANY_VALUES", 4_096),
        ["lists 60 deep"] = () => Query(Filter($"mount: {Nest("[", "]", 60)}"), "VALUE_TOO_DEEP", 16),
        ["lists 40,000 deep"] = () => Query(Filter($"mount: {Nest("[ ", "] ", 40_000)}"), "TOO_DEEP", 128),
        ["objects 50 deep"] = () => Query(Filter($"mount: {Nest("{ a: ", "}", 50, "1")}"), "VALUE_TOO_DEEP", 16),
        ["a text of 200 KiB"] = () => Query($"{{ site(key: \"{new string('x', 200 * 1024)}\") {{ name }} }}", "LINE_TOO_LONG", 8_192),
        ["a block text of 80,000 lines"] = () => Line(
            $"{{ site(key: \"\"\"{Repeat("x\n", 80_000)}\"\"\") {{ name }} }}", "TEXT_TOO_LONG", 16_384),
        ["a text of 30,000 escapes"] = () => Query($"{{ site(key: \"{Repeat("\\u0041", 30_000)}\") {{ name }} }}", "LINE_TOO_LONG", 8_192),
        ["a text with half a character"] = () => Query("{ site(key: \"\\ud800\") { nothing } }", "FIELDS_ON_CORRECT_TYPE"),
        ["a number of 100,000 digits"] = () => Query($"{{ site(key: {new string('9', 100_000)}) {{ name }} }}", "LINE_TOO_LONG", 8_192),
        ["a number of 8,000 digits"] = () => Query($"{{ site(key: {new string('9', 8_000)}) {{ name }} }}", "ARGUMENTS_OF_CORRECT_TYPE"),
        ["a fraction of 100,000 digits"] = () => Query($"{{ site(key: 0.{new string('9', 100_000)}) {{ name }} }}", "LINE_TOO_LONG", 8_192),
        ["a number to the power of a billion"] = () => Query("{ site(key: 1e999999999) { name } }", "ARGUMENTS_OF_CORRECT_TYPE"),
        ["a period of 1,000 years"] = () => Query(
            "{ site(key: \"demo\") { report(period: { days: { from: \"1990-01-01\", to: \"2990-01-01\" } }) { totals { visits } } } }", "PERIOD_INVALID", 10, 200),
        ["ten years by the quarter hour"] = () => Query(
            "{ site(key: \"demo\") { report(period: { days: { from: \"2020-01-01\", to: \"2029-01-01\" } }) { timeSeries(interval: QUARTER_HOUR) { interval } } } }",
            "INTERVAL_TOO_FINE", 10_000, 200),

        // Names and text.
        ["a field name of 200 KiB"] = () => Query($"{{ {new string('x', 200 * 1024)} }}", "LINE_TOO_LONG", 8_192),
        ["an alias of 200 KiB"] = () => Query($"{{ {new string('x', 200 * 1024)}: __typename }}", "LINE_TOO_LONG", 8_192),
        ["20 field names of 8,000 letters"] = () => Query(
            "{ " + Each(20, i => $"{new string((char)('a' + i), 8_000)} ") + "}", "FIELDS_ON_CORRECT_TYPE"),
        ["an operation name of 200 KiB"] = () => Raw(
            JsonSerializer.Serialize(new { query = "{ __typename }", operationName = new string('x', 200 * 1024) }), "OPERATION_UNKNOWN"),
        ["nothing but comments"] = () => Line(Repeat("# nothing\n", 20_000), "OPERATION_UNKNOWN"),
        ["nothing but commas"] = () => Line(new string(',', 200_000), "LINE_TOO_LONG", 8_192),
        ["nothing but ends of lines"] = () => Line(new string('\n', 120_000), "OPERATION_UNKNOWN"),
        ["a mistake after 120,000 ends of lines"] = () => Line(new string('\n', 120_000) + "}", "HC0011"),
        ["a mistake between long lines"] = () => Line(
            $"#{new string('x', 8_100)}\n{{ a(b: \"{new string('x', 8_100)}\n#{new string('x', 8_100)}", "HC0011"),
        ["a mistake at the end of long lines"] = () => Line(Repeat($"#{new string('x', 8_190)}\n", 30) + "}", "HC0011"),
        ["a long line"] = () => Line("{ " + Repeat("__typename ", 1_000) + "}", "LINE_TOO_LONG", 8_192),
        ["an empty document"] = () => Query("", "HC0013"),
        ["a text without an end"] = () => Line("{ site(key: \"" + new string('x', 200_000), "LINE_TOO_LONG", 8_192),
        ["a block text without an end"] = () => Query("{ site(key: \"\"\"" + new string('"', 100_000).Replace("\"\"\"", "\"\" ", StringComparison.Ordinal), "HC0011"),
        ["200,000 braces"] = () => Query(new string('{', 200_000), "LINE_TOO_LONG", 8_192),
        ["100,000 braces on lines of their own"] = () => Query(Repeat("{ ", 60_000), "HC0011"),
        ["a mark of byte order within"] = () => Query("{ __typename } \uFEFF \u0000", "HC0011"),

        // Variables.
        ["a variable of 20,000 fields"] = () => Variables("{\"v\":{" + Each(20_000, i => $"\"a{i}\":1,").TrimEnd(',') + "}}", "TOO_MANY_VALUES", 4_096),
        ["20,000 variables"] = () => Variables("{" + Each(20_000, i => $"\"a{i}\":1,").TrimEnd(',') + "}", "TOO_MANY_VALUES", 4_096),
        ["a variable that is a list of 60,000 items"] = () => Variables("{\"v\":[" + Repeat("1,", 60_000) + "1]}", "LIST_TOO_LONG", 1_000),
        ["a variable that is a text of 200 KiB"] = () => Variables($"{{\"v\":\"{new string('x', 200 * 1024)}\"}}", "TEXT_TOO_LONG", 16_384),
        ["a variable that is a number of 100,000 digits"] = () => Variables($"{{\"v\":{new string('9', 100_000)}}}", "TEXT_TOO_LONG", 16_384),
        ["a variable of lists 40 deep"] = () => Variables($"{{\"v\":{Nest("[", "]", 40)}}}", "VALUE_TOO_DEEP", 16),
        ["a variable with half a character"] = () => Variables("{\"v\":\"\\ud800\"}", "HC0009"),
        ["a variable whose name is half a character"] = () => Variables("{\"\\udfff\":1}", "HC0009"),
        ["a variable twice"] = () => Variables("{\"v\":\"a\",\"v\":\"b\"}", "HC0009"),
        ["a variable of the wrong kind"] = () => Variables("{\"v\":{\"a\":[1]}}", "HC0016"),

        // What is no request.
        ["no JSON"] = () => Raw("{\"query\":", "HC0009"),
        ["half of a text"] = () => Raw("{\"query\":\"" + new string('x', 200_000), "HC0009"),
        ["JSON 100,000 deep"] = () => Raw(new string('[', 100_000), "HC0009"),
        ["extensions 100 deep"] = () => Raw("{\"query\":\"{__typename}\",\"extensions\":" + Nest("{\"a\":", "}", 100, "1") + "}", "HC0009"),
        ["a batch of 10,000"] = () => Raw("[" + Repeat("{\"query\":\"{__typename}\"},", 10_000) + "0]", "HC0009"),
        ["a query that is half a character"] = () => Raw("{\"query\":\"\\udc00\"}", "HC0009"),
        ["broken UTF-8"] = () => Bytes([.. "{\"query\":\"{ a"u8, 0xC3, 0x28, 0xFF, .. "}\"}"u8], "HC0009"),
        ["UTF-16"] = () => Bytes(Encoding.Unicode.GetBytes("{\"query\":\"{ __typename }\"}"), "HC0009"),
        ["a mark of byte order before the body"] = () => Bytes([0xEF, 0xBB, 0xBF, .. "{\"query\":\"{ __typename }\"}"u8], "HC0009"),
        ["a body of 300 KiB"] = () => Raw($"{{\"query\":\"{{ __typename }}{new string(' ', 300 * 1024)}\"}}", "HC0010", 256 * 1024, 413),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static HostileDocument Named(string name) => All[name]();

    private static HostileDocument Query(string query, string code, int? limit = null, int status = 400)
        => Line(query.Replace(' ', '\n'), code, limit, status);

    /// <summary>A document as it is; <see cref="Query"/> breaks its lines at every blank.</summary>
    private static HostileDocument Line(string query, string code, int? limit = null, int status = 400)
        => new(JsonSerializer.SerializeToUtf8Bytes(new { query }, Relaxed), status, code, limit);

    private static HostileDocument Variables(string variables, string code, int? limit = null)
        => Raw($"{{\"query\":\"query($v: String!) {{ site(key: $v) {{ name }} }}\",\"variables\":{variables}}}", code, limit);

    private static HostileDocument Raw(string body, string code, int? limit = null, int status = 400)
        => new(Encoding.UTF8.GetBytes(body), status, code, limit);

    private static HostileDocument Bytes(byte[] body, string code) => new(body, 400, code);

    private static string Filter(string where)
        => $"{{ site(key: \"demo\") {{ report(period: {{ month: \"2026-10\" }}, where: {{ {where} }}) {{ totals {{ visits }} }} }} }}";

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    internal static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static string Nest(string open, string close, int times, string within = "")
        => Repeat(open, times) + within + Repeat(close, times);
}
