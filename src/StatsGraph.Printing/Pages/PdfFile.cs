using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;

namespace StatsGraph.Printing.Pages;

/// <summary>
/// Writes documents so that the same content has the same bytes: PDFsharp puts random numbers and the clock into names of fonts, the identity of the
/// file and its XMP packet.
/// </summary>
internal static partial class PdfFile
{
    private const string Author = "StatsGraph";

    /// <summary>Hexadecimal digits of an identity.</summary>
    private const int Digits = 32;

    /// <summary>Writes a document; the stream stays open.</summary>
    public static void Write(PdfDocument document, PageHeading heading, Stream output)
    {
        Describe(document, heading);
        NameFonts(document);
        using var written = new MemoryStream();
        document.Save(written, closeStream: false);
        var bytes = written.ToArray();
        var text = Encoding.Latin1.GetString(bytes);
        RemovePacket(bytes, text);
        Identify(bytes, text);
        output.Write(bytes);
    }

    private static void Describe(PdfDocument document, PageHeading heading)
    {
        var info = document.Info;
        (info.Title, info.Subject, info.Keywords) = (heading.Title, heading.Subject, heading.Keywords);
        (info.Author, info.Creator) = (Author, Author);
        info.Elements.Remove("/CreationDate");
        if (heading.CreatedAt is { } created)
            (info.CreationDate, info.ModificationDate) = (created.UtcDateTime, created.UtcDateTime);

        document.Language = "en";
        document.ViewerPreferences.DisplayDocTitle = true;
    }

    /// <summary>The part of a font in a file is named by six letters, which PDFsharp takes at random.</summary>
    private static void NameFonts(PdfDocument document)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var dictionary in document.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            foreach (var key in (string[])["/BaseFont", "/FontName"])
            {
                if (RandomTag().Match(dictionary.Elements.GetName(key)) is not { Success: true } tag)
                    continue;
                if (!names.TryGetValue(tag.Value, out var name))
                    names[tag.Value] = name = $"/SGAA{(char)('A' + (names.Count / 26))}{(char)('A' + (names.Count % 26))}+";
                dictionary.Elements.SetName(key, name + dictionary.Elements.GetName(key)[tag.Length..]);
            }
        }
    }

    /// <summary>
    /// Blanks the XMP packet and what refers to it. It tells what the document's information tells already, but with the clock, random numbers and
    /// texts that are not escaped.
    /// </summary>
    private static void RemovePacket(byte[] bytes, string text)
    {
        if (Reference().Match(text) is not { Success: true } reference || Packet().Matches(text) is not [.., var packet])
            return;
        bytes.AsSpan(reference.Index, reference.Length).Fill((byte)' ');
        bytes.AsSpan(packet.Index, packet.Length).Fill((byte)' ');
    }

    /// <summary>Identifies a file by a hash of all the rest.</summary>
    private static void Identify(byte[] bytes, string text)
    {
        var first = text.LastIndexOf("/ID[<", StringComparison.Ordinal) + "/ID[<".Length;
        int[] places = [first, first + Digits + "><".Length];
        foreach (var place in places)
            bytes.AsSpan(place, Digits).Fill((byte)'0');
        var identity = Convert.ToHexString(SHA256.HashData(bytes))[..Digits];
        foreach (var place in places)
            Encoding.ASCII.GetBytes(identity, bytes.AsSpan(place, Digits));
    }

    [GeneratedRegex(@"\A/[A-Z]{6}\+")]
    private static partial Regex RandomTag();

    [GeneratedRegex(@"/Metadata [0-9]+ 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex(@"<\?xpacket begin.*?<\?xpacket end=""w""\?>", RegexOptions.Singleline)]
    private static partial Regex Packet();
}
