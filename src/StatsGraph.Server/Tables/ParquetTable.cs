using ParquetSharp.Arrow;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as Parquet files of typed columns.</summary>
public static class ParquetTable
{
    /// <summary>Writes a table; the stream stays open.</summary>
    public static void Write(FlatTable table, Stream output)
    {
        using var batch = ArrowTable.Batch(table);
        using var writer = new FileWriter(output, batch.Schema, leaveOpen: true);
        if (batch.Length > 0)
            writer.WriteRecordBatch(batch);
        writer.Close();
    }
}
