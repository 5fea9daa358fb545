namespace StatsGraph.Server.Auth;

/// <summary>Counts something that there may be so many of, in all and for each who has some. Safe for any number of threads.</summary>
/// <param name="maximum">Most in all.</param>
/// <param name="maximumEach">Most for each.</param>
internal sealed class CallerPlaces(int maximum, int maximumEach)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);
    private int count;

    /// <summary>How many are taken.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Takes a place until the result is disposed.</summary>
    /// <param name="who">Who takes it.</param>
    /// <param name="limit">The limit that is reached, where there is no place.</param>
    /// <returns>The place; null where there is none.</returns>
    public IDisposable? TryTake(string who, out int limit)
    {
        lock (gate)
        {
            var own = taken.GetValueOrDefault(who);
            limit = count >= maximum ? maximum : maximumEach;
            if (count >= maximum || own >= maximumEach)
                return null;
            count++;
            taken[who] = own + 1;
            return new Place(this, who);
        }
    }

    private void GiveBack(string who)
    {
        lock (gate)
        {
            count--;
            if (--taken[who] == 0)
                taken.Remove(who);
        }
    }

    private sealed class Place(CallerPlaces places, string who) : IDisposable
    {
        private int isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isGivenBack, 1) == 0)
                places.GiveBack(who);
        }
    }
}
