using System.Globalization;
using System.Text;

namespace StatsGraph.Compliance.Use;

/// <summary>Texts of a file that is ASCII: 37 CFR 370.4(e)(2).</summary>
internal static class PlainText
{
    /// <summary>
    /// Letters of the Latin script whose marks are left out, by what is left: the program runs without the data of ICU, which would tell them apart.
    /// </summary>
    private static readonly (char Plain, string Marked)[] Marked =
    [
        ('A', "ÀÁÂÃÄÅĀĂĄǍḀẠẢẤẦẨẪẬẮẰẲẴẶ"),
        ('B', "ḂḄḆ"),
        ('C', "ÇĆĈĊČḈ"),
        ('D', "ĎḊḌḎḐḒ"),
        ('E', "ÈÉÊËĒĔĖĘĚḔḖḘḚḜẸẺẼẾỀỂỄỆ"),
        ('F', "Ḟ"),
        ('G', "ĜĞĠĢḠ"),
        ('H', "ĤḢḤḦḨḪ"),
        ('I', "ÌÍÎÏĨĪĬĮİǏḬḮỈỊ"),
        ('J', "Ĵ"),
        ('K', "ĶḰḲḴ"),
        ('L', "ĹĻĽḶḸḺḼ"),
        ('M', "ḾṀṂ"),
        ('N', "ÑŃŅŇṄṆṈṊ"),
        ('O', "ÒÓÔÕÖŌŎŐǑṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ"),
        ('P', "ṔṖ"),
        ('R', "ŔŖŘṘṚṜṞ"),
        ('S', "ŚŜŞŠȘṠṢṤṦṨ"),
        ('T', "ŢŤȚṪṬṮṰ"),
        ('U', "ÙÚÛÜŨŪŬŮŰŲǓǕǗǙǛṲṴṶṸṺỤỦỨỪỬỮỰ"),
        ('V', "ṼṾ"),
        ('W', "ŴẀẂẄẆẈ"),
        ('X', "ẊẌ"),
        ('Y', "ÝŶŸẎỲỴỶỸ"),
        ('Z', "ŹŻŽẐẒẔ"),
        ('a', "àáâãäåāăąǎḁạảấầẩẫậắằẳẵặ"),
        ('b', "ḃḅḇ"),
        ('c', "çćĉċčḉ"),
        ('d', "ďḋḍḏḑḓ"),
        ('e', "èéêëēĕėęěḕḗḙḛḝẹẻẽếềểễệ"),
        ('f', "ḟ"),
        ('g', "ĝğġģḡ"),
        ('h', "ĥḣḥḧḩḫẖ"),
        ('i', "ìíîïĩīĭįǐḭḯỉị"),
        ('j', "ĵ"),
        ('k', "ķḱḳḵ"),
        ('l', "ĺļľḷḹḻḽ"),
        ('m', "ḿṁṃ"),
        ('n', "ñńņňṅṇṉṋ"),
        ('o', "òóôõöōŏőǒṍṏṑṓọỏốồổỗộớờởỡợ"),
        ('p', "ṕṗ"),
        ('r', "ŕŗřṙṛṝṟ"),
        ('s', "śŝşšșṡṣṥṧṩ"),
        ('t', "ţťțṫṭṯṱẗ"),
        ('u', "ùúûüũūŭůűųǔǖǘǚǜṳṵṷṹṻụủứừửữự"),
        ('v', "ṽṿ"),
        ('w', "ŵẁẃẅẇẉẘ"),
        ('x', "ẋẍ"),
        ('y', "ýÿŷẏẙỳỵỷỹ"),
        ('z', "źżžẑẓẕ"),
    ];

    /// <summary>What else has a form in ASCII.</summary>
    private static readonly (string Plain, string Signs)[] Others =
    [
        ("ss", "ß"), ("SS", "ẞ"), ("ae", "æ"), ("AE", "Æ"), ("oe", "œ"), ("OE", "Œ"), ("o", "ø"), ("O", "Ø"), ("l", "ł"), ("L", "Ł"), ("d", "đð"),
        ("D", "ĐÐ"), ("th", "þ"), ("Th", "Þ"), ("i", "ı"), ("'", "’‘"), ("\"", "“”„"), ("-", "–—‐"), ("...", "…"), (" ", "\u00a0"),
    ];

    private static readonly Dictionary<char, string> Letters = Others.Concat(Marked.Select(letters => (letters.Plain.ToString(), letters.Marked)))
        .SelectMany(letters => letters.Item2.Select(sign => KeyValuePair.Create(sign, letters.Item1))).ToDictionary();

    /// <summary>
    /// The text in ASCII: letters without their marks, and a question mark for what has no such form; a blank for what parts fields and texts,
    /// which may not be found in either, and for controls.
    /// </summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is ReportOfUseRules.TextIndicator or ReportOfUseRules.FieldDelimiter || char.IsControl(letter))
                plain.Append(' ');
            else if (letter < 128)
                plain.Append(letter);
            else if (!char.IsLowSurrogate(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(Letters.GetValueOrDefault(letter, "?"));
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
