using StatsGraph.Schedules.Deliveries;

namespace StatsGraph.Configuration;

/// <summary>Reads which server takes e-mail: the section <c>Mail</c>.</summary>
internal static class MailReader
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Mail";

    /// <summary>Settings of e-mail.</summary>
    public static readonly IReadOnlyList<string> Keys = ["Host", "Port", "Security", "User", "Password", "PasswordFile", "From", "Timeout", "TrustedCertificates"];

    private static readonly IReadOnlyDictionary<string, MailSecurity> Securities = new Dictionary<string, MailSecurity>(StringComparer.OrdinalIgnoreCase)
    {
        ["starttls"] = MailSecurity.StartTls,
        ["tls"] = MailSecurity.Tls,
        ["none"] = MailSecurity.None,
    };

    /// <summary>Reads and checks the settings; null where there are none.</summary>
    /// <exception cref="CommandException">A setting is unknown, missing or wrong; the message names it.</exception>
    public static MailOptions? Read(CommandHost host, SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        if (!section.Keys.Any())
            return null;
        var from = section.Text("From") ?? throw section.Wrong("From", "is missing; expected the sender's address, such as StatsGraph <stats@example.org>");
        var security = Security(section);
        var password = SecretReader.Read(host, section, "Password");
        if (!MailTarget.IsAddress(from))
            throw section.Wrong("From", $"'{from}' is no address of e-mail; expected one such as StatsGraph <stats@example.org>");
        if ((section.Text("User") is null) != (password is null))
            throw section.Wrong("User", "and its password belong together; expected both ('Password' or 'PasswordFile') or neither");
        if (password is not null && security == MailSecurity.None)
            throw section.Wrong("Security", "'none' would show the password to all on the way; expected starttls or tls");
        return new MailOptions
        {
            Host = section.Text("Host") ?? throw section.Wrong("Host", "is missing; expected the name of the server that takes e-mail"),
            Port = section.Integer("Port", 0, minimum: 1, maximum: 65_535),
            Security = security,
            User = section.Text("User"),
            Password = password,
            From = from,
            Timeout = section.Length("Timeout", TimeSpan.FromMinutes(1)),
            TrustedCertificates = section.Text("TrustedCertificates") is { } path ? Path.GetFullPath(path, host.WorkingFolder) : null,
        };
    }

    private static MailSecurity Security(SettingsSection section)
        => section.Text("Security") is not { } text ? MailSecurity.StartTls
            : Securities.TryGetValue(text, out var security) ? security
            : throw section.Wrong("Security", $"'{text}' is none of {string.Join(", ", Securities.Keys)}");
}
