using StatsGraph.Compliance.Use;

namespace StatsGraph.Configuration;

/// <summary>Reads what reports of use say of a site.</summary>
internal static class UseReader
{
    /// <summary>What transmission categories are called, in words.</summary>
    public static readonly string Categories = string.Join(", ", ReportOfUse.Categories.ToCharArray());

    /// <summary>Those of them that are a contact.</summary>
    private static readonly string[] ContactKeys = ["Contact", "Street", "City", "Telephone", "Email"];

    /// <summary>Settings in the section.</summary>
    private static readonly string[] Keys = ["Service", "Category", "Headers", .. ContactKeys];

    /// <summary>Reads the section of a site.</summary>
    /// <exception cref="CommandException">It holds something unknown, no category, or only a part of a contact; the message names it.</exception>
    public static ReportOfUseTerms Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        var (contact, headers) = (Contact(section), section.Flag("Headers", fallback: false));
        if (headers && contact is null)
            throw section.Wrong("Headers", "needs the contact; expected Contact, Street, City, Telephone and Email beside it");
        var category = section.Text("Category") is not { } text ? (char?)null
            : CategoryOf(text) ?? throw section.Wrong("Category", $"'{text}' is no transmission category; expected one of {Categories}");
        return new ReportOfUseTerms(section.Text("Service"), category, contact, headers);
    }

    /// <summary>The transmission category that a text names; null where it is none.</summary>
    public static char? CategoryOf(string text) => text.Length == 1 && ReportOfUse.Categories.Contains(text[0], StringComparison.Ordinal) ? text[0] : null;

    private static ReportOfUseContact? Contact(SettingsSection section)
    {
        string?[] contact = [.. ContactKeys.Select(section.Text)];
        if (Array.TrueForAll(contact, text => text is null))
            return null;
        var missing = Array.FindIndex(contact, text => text is null);
        return missing >= 0 ? throw section.Wrong(ContactKeys[missing], "is missing; a contact is whole or is left out")
            : new ReportOfUseContact(contact[0]!, contact[1]!, contact[2]!, contact[3]!, contact[4]!);
    }
}
