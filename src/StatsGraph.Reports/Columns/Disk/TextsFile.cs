using System.Text;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>
/// The texts of a site as bytes: for each column of <see cref="SiteTexts.Columns"/> the number of its texts and the texts in the order of their
/// codes, without null; then the number of names of networks, and of each the network's code, the name and the seconds.
/// </summary>
internal static class TextsFile
{
    /// <summary>The bytes, and how many texts they hold.</summary>
    public static (byte[] Content, int Texts) Write(SiteTexts texts)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        var count = 0;
        foreach (var column in SiteTexts.Columns)
        {
            var dictionary = texts[column];
            writer.Write(dictionary.Count);
            for (var code = TextDictionary.Null + 1; code < dictionary.Count; code++)
                writer.Write(dictionary[code]!);
            count += dictionary.Count - 1;
        }

        var names = texts.NetworkNames.All();
        writer.Write(names.Count);
        foreach (var (network, name, duration) in names)
        {
            writer.Write(network);
            writer.Write(name);
            writer.Write(duration);
        }

        writer.Flush();
        return (content.ToArray(), count);
    }

    /// <summary>The texts that the bytes hold.</summary>
    /// <exception cref="UnusableColumnsException">They do not give every text the code it had.</exception>
    public static SiteTexts Read(byte[] content)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
            var texts = new SiteTexts();
            foreach (var column in SiteTexts.Columns)
            {
                var count = reader.ReadInt32();
                for (var code = TextDictionary.Null + 1; code < count; code++)
                {
                    if (texts[column].Code(reader.ReadString()) != code)
                        throw new UnusableColumnsException("a text has two codes");
                }
            }

            for (var names = reader.ReadInt32(); names > 0; names--)
                texts.NetworkNames.Add(reader.ReadInt32(), reader.ReadString(), reader.ReadUInt32());
            return texts;
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            throw new UnusableColumnsException("the texts cannot be read", exception);
        }
    }
}
