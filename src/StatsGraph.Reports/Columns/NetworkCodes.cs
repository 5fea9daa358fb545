using System.Globalization;
using Apache.Arrow;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// The codes of a batch's networks, which are known by their numbers, and the names that its sessions give them. A name nearly always
/// belongs to one network, so that each is looked up and noted once a batch.
/// </summary>
/// <param name="numbers">Numbers of the networks.</param>
/// <param name="names">Their names, as a dictionary.</param>
/// <param name="texts">The texts of the site.</param>
/// <param name="known">Codes by number, of the batches before; grows.</param>
internal sealed class NetworkCodes(Int64Array numbers, DictionaryArray names, SiteTexts texts, Dictionary<long, int> known)
{
    private readonly NamedNetwork[] named = new NamedNetwork[names.Dictionary.Length];

    /// <summary>Writes the codes of some rows, and notes their names.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="durations">Their seconds.</param>
    /// <param name="target">Gets the codes.</param>
    public void Write(ReadOnlySpan<int> rows, ReadOnlySpan<uint> durations, Span<int> target)
    {
        var hasNumber = new Validity(numbers);
        var hasName = new Validity(names);
        var ofRows = numbers.Values;
        var nameIndices = ((Int32Array)names.Indices).Values;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (!hasNumber[row])
                target[i] = TextDictionary.Null;
            else if (!hasName[row])
                target[i] = Code(ofRows[row]);
            else
                target[i] = CodeOfNamed(nameIndices[row], ofRows[row], durations[i]);
        }

        for (var name = 0; name < named.Length; name++)
            Keep(name);
    }

    /// <summary>Notes the name that a row gives its network, if it does; with the next that are written.</summary>
    public void Note(int row, uint duration)
    {
        if (numbers.GetValue(row) is { } number && names.IsValid(row))
            _ = CodeOfNamed(((Int32Array)names.Indices).Values[row], number, duration);
    }

    private int CodeOfNamed(int name, long number, uint duration)
    {
        ref var network = ref named[name];
        if (network.Code == TextDictionary.Null || network.Number != number)
        {
            Keep(name);
            network = new NamedNetwork { Number = number, Code = Code(number) };
        }

        network.Longest = Math.Max(network.Longest, duration);
        return network.Code;
    }

    private int Code(long number)
    {
        if (!known.TryGetValue(number, out var code))
            known.Add(number, code = texts[TextColumn.Network].Code("AS" + number.ToString(CultureInfo.InvariantCulture)));
        return code;
    }

    private void Keep(int name)
    {
        if (named[name] is { Code: not TextDictionary.Null } network)
            texts.NetworkNames.Add(network.Code, ((StringArray)names.Dictionary).GetString(name), network.Longest);
    }

    /// <summary>The network that the last row with a name had.</summary>
    private struct NamedNetwork
    {
        public long Number;

        /// <summary>Null's code before the first row.</summary>
        public int Code;

        /// <summary>Seconds of the longest session among the rows that followed each other with it.</summary>
        public uint Longest;
    }
}
