namespace StatsGraph.Ingest.Logs;

/// <summary>
/// The content of an archive whose checksums stand behind what they vouch for, as much as that may be: the content is handed on before it is
/// known to be sound. Whoever takes it may have to take it back.
/// </summary>
internal abstract class CheckedStream(Stream inner) : ForwardStream(inner)
{
    /// <summary>
    /// Bytes handed on so far, from the start of the content, that are known to be sound: those of whole members. Nothing of a member is handed
    /// on before the member before it is checked.
    /// </summary>
    public long SoundLength { get; protected set; }
}
