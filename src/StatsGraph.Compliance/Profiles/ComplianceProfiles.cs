using StatsGraph.Compliance.Use;

namespace StatsGraph.Compliance.Profiles;

/// <summary>The profiles that there are: those of the program, and those of a folder, which add to them or replace them by name.</summary>
public sealed class ComplianceProfiles
{
    private readonly SortedDictionary<string, ComplianceProfile> profiles;

    private ComplianceProfiles(SortedDictionary<string, ComplianceProfile> profiles) => this.profiles = profiles;

    /// <summary>Those of the program.</summary>
    public static ComplianceProfiles BuiltIn { get; } = new(ReadEmbedded());

    /// <summary>All, by name.</summary>
    public IReadOnlyCollection<ComplianceProfile> All => profiles.Values;

    /// <summary>A profile by its name, whatever its case; null when there is none.</summary>
    public ComplianceProfile? Find(string name) => profiles.GetValueOrDefault(name.ToUpperInvariant());

    /// <summary>The profiles of the program with those of a folder.</summary>
    /// <param name="folder">A folder of files <c>*.json</c>, one profile each.</param>
    /// <exception cref="ComplianceException">A file is no profile, or two are of one name; the message names file, key and expectation.</exception>
    public static ComplianceProfiles With(string folder)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = new SortedDictionary<string, ComplianceProfile>(BuiltIn.profiles, StringComparer.Ordinal);
        foreach (var file in Files(folder))
        {
            var profile = ProfileReader.Read(file, ReadFile(file));
            if (!files.TryAdd(profile.Name, file))
                throw new ComplianceException($"{file}: key 'name': '{profile.Name}' is also that of {files[profile.Name]}; expected one file for each");
            if (ReportOfUse.IsNamed(profile.Name))
                throw new ComplianceException($"{file}: key 'name': '{profile.Name}' is that of the report of use; expected another");
            all[profile.Name] = profile;
        }

        return new ComplianceProfiles(all);
    }

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
        : throw new ComplianceException($"{folder}: there is no such folder; expected one with profiles, NAME.json each");

    private static byte[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ComplianceException($"{file}: {failure.Message}", failure);
        }
    }

    private static SortedDictionary<string, ComplianceProfile> ReadEmbedded()
    {
        var assembly = typeof(ComplianceProfiles).Assembly;
        var read = new SortedDictionary<string, ComplianceProfile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var profile = ProfileReader.Read(name, content.ToArray());
            read.Add(profile.Name, profile);
        }

        return read;
    }
}
