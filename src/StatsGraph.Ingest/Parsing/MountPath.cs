using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>What the target of a request tells: the normalised path and what it is the path of.</summary>
/// <param name="text">The path without query string, percent-decoded, with double slashes folded.</param>
internal sealed class MountPath(string text)
{
    private static readonly HashSet<string> StaticExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        "xsl", "m3u", "m3u8", "pls", "xspf", "vclt", "html", "htm", "css", "js", "json", "xml", "txt",
        "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif", "bmp", "tif", "tiff", "jfif", "apng", "heic", "jxl",
        "woff", "woff2", "ttf", "otf", "eot",
    };

    /// <summary>The path without query string, percent-decoded, with double slashes folded.</summary>
    public string Text => text;

    /// <summary>A path of the administration.</summary>
    public bool IsAdmin { get; } = text.StartsWith("/admin/", StringComparison.Ordinal) || text == "/admin.cgi";

    /// <summary>A page, playlist, image, font or script by its ending.</summary>
    public bool IsStaticFile { get; } = StaticExtensions.Contains(text[(text.LastIndexOf('.') + 1)..]) && text.Contains('.');

    /// <summary>The root of the server.</summary>
    public bool IsRoot { get; } = text == "/";

    /// <summary>The target of a request without its query string, which often is another one for every request.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> WithoutQuery(ReadOnlySpan<byte> target)
    {
        var query = target.IndexOf((byte)'?');
        return query < 0 ? target : target[..query];
    }

    /// <summary>Normalises the target of a request.</summary>
    public static MountPath FromTarget(ReadOnlySpan<byte> target)
    {
        target = WithoutQuery(target);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(target.Length, 1));
        var length = Decode(target, buffer);
        var path = new MountPath(Encoding.UTF8.GetString(buffer, 0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return path;
    }

    /// <summary>Decodes percent escapes once and folds runs of slashes. An escaped NUL and a bad escape stay as they are.</summary>
    private static int Decode(ReadOnlySpan<byte> target, Span<byte> decoded)
    {
        var length = 0;
        for (var index = 0; index < target.Length; index++)
        {
            var value = target[index];
            if (value == '%' && index + 2 < target.Length
                && byte.TryParse(target.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)
                && escaped != 0)
            {
                value = escaped;
                index += 2;
            }

            if (value != '/' || length == 0 || decoded[length - 1] != '/')
                decoded[length++] = value;
        }

        return length;
    }
}
