using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StatsGraph.Compliance.Issuing;

/// <summary>
/// JSON in its canonical form by RFC 8785 (JCS): no white space, keys in the order of their UTF-16 units, texts with no more escapes than are
/// needed, numbers as ECMAScript writes them. Equal content has equal bytes, whoever writes it.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="without">A key of its object that is left out; null for none.</param>
    public static byte[] Write(JsonElement value, string? without = null)
    {
        var text = new StringBuilder();
        Write(value, without, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(JsonElement value, string? without, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll('{', '}', value.EnumerateObject().Where(property => property.Name != without).OrderBy(property => property.Name, StringComparer.Ordinal), text, property =>
                {
                    WriteText(property.Name, text);
                    text.Append(':');
                    Write(property.Value, null, text);
                });
                break;
            case JsonValueKind.Array:
                WriteAll('[', ']', value.EnumerateArray(), text, item => Write(item, null, text));
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(char begin, char end, IEnumerable<T> items, StringBuilder text, Action<T> write)
    {
        var separator = begin;
        foreach (var item in items)
        {
            text.Append(separator);
            write(item);
            separator = ',';
        }

        if (separator == begin)
            text.Append(begin);
        text.Append(end);
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            _ = unit switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => text.Append(unit),
            };
        }

        text.Append('"');
    }

    /// <summary>A number as ECMAScript's Number.prototype.toString writes it: the fewest digits that mean it, an exponent only from 1e21 on and below 1e-6.</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";

        // "R" gives the fewest digits that mean the number, with or without an exponent.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = whole.Length - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        return sign + exponent switch
        {
            >= 21 or < -6 => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}",
            < 0 => "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0'),
            _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }
}
