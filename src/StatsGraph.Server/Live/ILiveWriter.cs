using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>How what operations have to tell goes over one connection. Used by one thread at a time, but for <see cref="KeepAlive"/>.</summary>
internal interface ILiveWriter
{
    /// <summary>Writes a result of an operation.</summary>
    ValueTask NextAsync(string id, Answer answer);

    /// <summary>Writes why an operation is not executed, or no longer; nothing follows.</summary>
    ValueTask RefuseAsync(string id, Answer answer);

    /// <summary>Writes that an operation has told all.</summary>
    ValueTask CompleteAsync(string id);

    /// <summary>Has the next <see cref="ControlAsync"/> write a sign of life. Of any thread.</summary>
    void KeepAlive();

    /// <summary>Writes what the transport itself has to say: signs of life, and answers to those of the client.</summary>
    ValueTask ControlAsync();
}
