using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake;

/// <summary>
/// The columns of <see cref="LineColumns"/> that a session needs, as <see cref="LakeTable.ReadSessions"/> gives them: in this order, of the
/// types of the lake, texts as dictionaries with 32-bit indices. Only nullable columns hold nulls, beside the class.
/// </summary>
public static class SessionColumns
{
    /// <summary>How texts are held.</summary>
    public static readonly DictionaryType Text = new(Int32Type.Default, StringType.Default, ordered: false);

    /// <summary>The columns.</summary>
    public static readonly Schema Schema = new(
        new[]
        {
            LineColumns.Class, LineColumns.LineHash, LineColumns.Ordinal, LineColumns.StartedAt, LineColumns.EndedAt, LineColumns.Duration,
            LineColumns.Bytes, LineColumns.Mount, LineColumns.Listener, LineColumns.UserAgent, LineColumns.Player, LineColumns.Referrer,
            LineColumns.Country, LineColumns.Region, LineColumns.City, LineColumns.Asn, LineColumns.Network,
        }
        .Select(LineColumns.Schema.GetFieldByName)
        .Select(field => field.DataType is StringType ? new Field(field.Name, Text, field.IsNullable) : field),
        metadata: null);
}
