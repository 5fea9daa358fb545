using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace StatsGraph.Ingest.Plays;

/// <summary>The letters of playlists.</summary>
internal static partial class PlayText
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>
    /// The text of some bytes: UTF-8, or where they are none, Windows-1252, which has the letters of ISO 8859-1. Icecast logs titles of MP3 streams in
    /// the charset of the mount, ISO 8859-1 unless it is configured, whatever the encoder sent them in. It cuts lines at 1,023 bytes: what is left of a
    /// letter there is gone.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        bytes = WithoutCutLetter(bytes);
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : Western).GetString(bytes);
    }

    /// <summary>
    /// The same with decimal references such as <c>&amp;#26481;</c> as the letters that they stand for: Icecast writes those so which the charset of the
    /// mount does not have.
    /// </summary>
    public static string OfTitle(ReadOnlySpan<byte> bytes) => Reference().Replace(
        Of(bytes),
        reference => int.Parse(reference.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) is var number && Rune.IsValid(number) && !Rune.IsControl(new Rune(number))
            ? new Rune(number).ToString() : reference.Value);

    /// <summary>The bytes without the first ones of a letter at their end. Only where another letter shows that they are UTF-8: <c>é</c> of Windows-1252 is such a byte, too.</summary>
    private static ReadOnlySpan<byte> WithoutCutLetter(ReadOnlySpan<byte> bytes)
        => Rune.DecodeLastFromUtf8(bytes, out _, out var length) == OperationStatus.NeedMoreData && bytes[..^length] is var whole
            && Utf8.IsValid(whole) && !Ascii.IsValid(whole) ? whole : bytes;

    [GeneratedRegex("&#(?<number>[0-9]{1,7});")]
    private static partial Regex Reference();
}
