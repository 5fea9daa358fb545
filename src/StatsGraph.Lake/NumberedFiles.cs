using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.Lake;

/// <summary>
/// The files <c>0001.json</c>, <c>0002.json</c> ... of a folder, of which each number is given once: whoever creates the next one has it, of all
/// processes and machines. Safe for any number of threads.
/// </summary>
/// <param name="folder">Absolute path of the folder; it need not exist.</param>
public sealed partial class NumberedFiles(string folder)
{
    /// <summary>The numbers that there are, in no order.</summary>
    public IEnumerable<int> Numbers() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Select(file => Form().Match(Path.GetFileName(file))).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : [];

    /// <summary>Absolute path of the file of a number.</summary>
    public string PathOf(int number) => Path.Combine(folder, number.ToString("0000", CultureInfo.InvariantCulture) + ".json");

    /// <summary>Creates the file of a number.</summary>
    /// <returns>False when there is one.</returns>
    /// <exception cref="LakeException">The disk fails.</exception>
    public bool TryCreate(int number, byte[] content) => PrivateFile.TryCreate(PathOf(number), content);

    [GeneratedRegex(@"\A([0-9]{4,9})\.json\z")]
    private static partial Regex Form();
}
