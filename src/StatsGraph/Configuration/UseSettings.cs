using StatsGraph.Compliance.Use;

namespace StatsGraph.Configuration;

/// <summary>What reports of use say of a site; null where it is not configured.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Category">Code of the transmission category.</param>
/// <param name="Contact">Who may be asked.</param>
internal sealed record UseSettings(string? Service, string? Category, ReportOfUseContact? Contact)
{
    /// <summary>Settings in the section.</summary>
    private static readonly string[] Keys = ["Service", "Category", "Contact", "Street", "City", "Telephone", "Email"];

    /// <summary>Nothing is configured.</summary>
    public static UseSettings None { get; } = new(null, null, null);

    /// <summary>Reads the section of a site.</summary>
    /// <exception cref="CommandException">It holds something unknown, or only a part of a contact.</exception>
    public static UseSettings Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        string?[] contact = [.. Keys[2..].Select(section.Text)];
        if (Array.TrueForAll(contact, text => text is null))
            return new UseSettings(section.Text("Service"), section.Text("Category"), Contact: null);
        var missing = Array.FindIndex(contact, text => text is null);
        return missing >= 0 ? throw section.Wrong(Keys[2 + missing], "is missing; a contact is whole or is left out")
            : new UseSettings(
                section.Text("Service"), section.Text("Category"),
                new ReportOfUseContact(contact[0]!, contact[1]!, contact[2]!, contact[3]!, contact[4]!));
    }
}
