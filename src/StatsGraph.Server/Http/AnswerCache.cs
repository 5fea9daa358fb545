using Microsoft.Extensions.Caching.Memory;
using NodaTime;

namespace StatsGraph.Server.Http;

/// <summary>What an answer depends on, beside the clock.</summary>
/// <param name="Version">Version of the lake.</param>
/// <param name="Sites">Sites that may be seen, the same text for the same ones.</param>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of its operations; empty where it has only one.</param>
/// <param name="Variables">The variables as they were sent.</param>
internal readonly record struct Question(long Version, string Sites, string Query, string OperationName, string Variables)
{
    /// <summary>Version of the table of plays.</summary>
    public long PlaysVersion { get; init; }

    /// <summary>Whether the answer says that it may not be explained.</summary>
    public bool RefusesExplanation { get; init; }

    /// <summary>Whether it is asked for an event of a subscription: to a request that has one answer, the same document is none.</summary>
    public bool IsEvent { get; init; }

    /// <summary>Bytes that it takes in memory, about.</summary>
    public long Bytes => (sizeof(char) * ((long)Sites.Length + Query.Length + OperationName.Length + Variables.Length)) + 256;
}

/// <summary>Where an answer comes from.</summary>
internal enum AnswerSource
{
    /// <summary>It was computed before.</summary>
    Kept,

    /// <summary>It is being computed for somebody else.</summary>
    Shared,

    /// <summary>It is computed for the one who asks.</summary>
    Computed,
}

/// <summary>
/// Keeps whole answers for whoever asks the same of the same version of the lake, in bounded memory, and has many who ask the same at once
/// share one computation: it ends when the last of them has gone. Safe for any number of requests at once.
/// </summary>
/// <param name="bytes">Bytes that may be kept; 0 keeps nothing, and still shares.</param>
internal sealed class AnswerCache(long bytes) : IDisposable
{
    /// <summary>An answer that nobody asks for is of an old version, mostly.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = bytes, TrackStatistics = true });
    private readonly Dictionary<Question, Computation> computing = [];
    private readonly Lock gate = new();

    /// <summary>The answer to a question: a kept one, one that is being computed, or a new one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="now">The clock.</param>
    /// <param name="compute">Computes the answer; it may be of a newer version.</param>
    /// <param name="cancellation">The asker is gone.</param>
    /// <param name="count">Is told where the answer comes from.</param>
    public Task<Answer> GetAsync(
        Question question, Instant now, Func<CancellationToken, Task<Answer>> compute, CancellationToken cancellation,
        Action<AnswerSource>? count = null)
    {
        if (kept.TryGetValue(question, out Answer? known) && now >= known!.From && now < known.Until)
        {
            count?.Invoke(AnswerSource.Kept);
            return Task.FromResult(known);
        }

        return JoinAsync(question, compute, count, cancellation);
    }

    /// <summary>Bytes of what is kept, about.</summary>
    public long Bytes => kept.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>Answers that are kept.</summary>
    public long Entries => kept.Count;

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    private async Task<Answer> JoinAsync(
        Question question, Func<CancellationToken, Task<Answer>> compute, Action<AnswerSource>? count, CancellationToken cancellation)
    {
        Computation joined;
        var source = AnswerSource.Shared;
        lock (gate)
        {
            if (!computing.TryGetValue(question, out joined!))
            {
                source = AnswerSource.Computed;
                computing[question] = joined = new Computation();
                joined.Begin(token => ComputeAsync(question, joined, compute, token));
            }

            joined.Askers++;
        }

        count?.Invoke(source);
        try
        {
            return await joined.Answer.WaitAsync(cancellation);
        }
        finally
        {
            Leave(question, joined);
        }
    }

    private async Task<Answer> ComputeAsync(
        Question question, Computation computation, Func<CancellationToken, Task<Answer>> compute, CancellationToken cancellation)
    {
        try
        {
            var answer = await compute(cancellation);
            Keep(question with { Version = answer.Version, PlaysVersion = answer.PlaysVersion }, answer);
            return answer;
        }
        finally
        {
            lock (gate)
                Forget(question, computation);
        }
    }

    private void Keep(Question question, Answer answer)
    {
        // An event is kept as it goes over an event stream, too.
        var size = question.Bytes + (answer.Json.Length * (question.IsEvent ? 2L : 1L));
        if (answer.IsWhole && size <= bytes)
            kept.Set(question, answer, new MemoryCacheEntryOptions { Size = size, SlidingExpiration = Idle });
    }

    private void Leave(Question question, Computation computation)
    {
        lock (gate)
        {
            if (--computation.Askers > 0 || computation.Answer.IsCompleted)
                return;
            // Whoever asks from now on begins anew.
            Forget(question, computation);
        }

        computation.Stop();
    }

    private void Forget(Question question, Computation computation)
    {
        if (computing.GetValueOrDefault(question) == computation)
            computing.Remove(question);
    }

    private sealed class Computation
    {
        public int Askers { get; set; }

        public Task<Answer> Answer { get; private set; } = null!;

        /// <summary>Ends the computation: nobody waits for it any more.</summary>
        public Action Stop { get; private set; } = null!;

        /// <summary>Begins on another thread, since the caller holds the lock.</summary>
        public void Begin(Func<CancellationToken, Task<Answer>> compute)
        {
            var stop = new CancellationTokenSource();
            Stop = stop.Cancel;
            Answer = Task.Run(() => compute(stop.Token));
        }
    }
}
