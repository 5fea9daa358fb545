using System.Text;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Uploads;

/// <summary>
/// How the lake remembers how far it knows a log that is sent in parts. Its sender names the log and proves what it holds by hashes without a
/// key, for it has none; they are kept hashed under the lake's key, so that nobody can try out which line a log begins with.
/// </summary>
internal static class UploadMark
{
    /// <summary>Characters of a SHA-256 in hexadecimal.</summary>
    public const int HashLength = 64;

    /// <summary>Sources of other names are named by their first line alone.</summary>
    private const string Prefix = "upload-";

    /// <summary>Whether a text can be a hash.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>What the lake keeps of a log once it knows so much of it.</summary>
    /// <param name="key">The lake's key.</param>
    /// <param name="log">Names the log.</param>
    /// <param name="length">Uncompressed bytes.</param>
    /// <param name="hash">SHA-256 of these bytes.</param>
    public static SourceProgress Of(LakeKey key, string log, long length, string hash)
        => new(NameOf(key, log), length, (long)(Hash(key, log + hash) & long.MaxValue));

    /// <summary>Name of the log in the lake.</summary>
    public static string NameOf(LakeKey key, string log) => $"{Prefix}{Hash(key, log):x16}";

    private static ulong Hash(LakeKey key, string text) => new SipHash24(key.Line.Span).Hash(Encoding.ASCII.GetBytes(Prefix + text));
}
