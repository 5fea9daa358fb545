using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using StatsGraph.Lake;

namespace StatsGraph.Schedules.Runs;

/// <summary>
/// A run on disk: the steps <c>0001.json</c>, <c>0002.json</c> ..., the highest of which holds, and the content of its files. Whoever wants to work on it
/// claims it by creating the next step, which one of all processes and machines can do, and writes in no other. One that died, or that is slower than
/// its lease, is passed by the next step, and what it still writes into its own holds no longer.
/// </summary>
/// <param name="path">Absolute path of the folder; it need not exist.</param>
/// <param name="clock">Tells whether a lease is over.</param>
internal sealed partial class RunFolder(string path, TimeProvider clock)
{
    private const string ContentName = "content";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>What has become of the run; null where nobody has touched it.</summary>
    /// <exception cref="ScheduleException">Its newest step is damaged; the message names it.</exception>
    public RunState? Read() => Newest()?.Step.State;

    /// <summary>Claims the run for a time, if nobody else has.</summary>
    /// <param name="owner">Who claims, for people.</param>
    /// <param name="lease">How long.</param>
    /// <param name="first">What the run is before anybody has touched it.</param>
    /// <returns>The claim; null where somebody else works on it or it has ended.</returns>
    /// <exception cref="ScheduleException">Its newest step is damaged; the message names it.</exception>
    /// <exception cref="LakeException">The disk fails.</exception>
    public RunClaim? TryClaim(string owner, TimeSpan lease, RunState first)
    {
        var newest = Newest();
        var now = clock.GetUtcNow();
        if (newest is { } taken && (taken.Step.State.EndedAt is not null || taken.Step.LeaseUntil > now))
            return null;
        var step = new RunStep(owner, now, now + lease, newest?.Step.State ?? first);
        var number = (newest?.Number ?? 0) + 1;
        if (!PrivateFile.TryCreate(PathOf(number), Bytes(step)) || !IsNewest(number))
            return null;
        // Up to now the one before may have written.
        if (newest is { } before)
            Write(number, step = step with { State = Load(before.Number).State });
        return new RunClaim(this, number, step, isTakenOver: newest?.Step.LeaseUntil is not null, clock, lease);
    }

    /// <summary>Keeps the content of a file.</summary>
    /// <exception cref="LakeException">The disk fails.</exception>
    public MadeFile Keep(string name, string mediaType, byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        PrivateFile.TryCreate(Path.Combine(path, ContentName, digest), content);
        return new MadeFile(name, mediaType, content.Length, digest);
    }

    /// <summary>The content of a file that was kept.</summary>
    /// <exception cref="ScheduleException">It is not there as it was; the message names it.</exception>
    public byte[] ContentOf(MadeFile file)
    {
        var place = Path.Combine(path, ContentName, file.Sha256);
        try
        {
            var content = File.ReadAllBytes(place);
            return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256 ? content
                : throw new ScheduleException($"{place}: the file is damaged; expected the content that its name is the SHA-256 of");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException($"{place}: {failure.Message}", failure);
        }
    }

    /// <summary>Removes the content of the files: they are where they belong.</summary>
    public void RemoveContent() => Remove(Path.Combine(path, ContentName));

    /// <summary>Removes all of it.</summary>
    public void Remove() => Remove(path);

    internal void Write(int number, RunStep step) => PrivateFile.Replace(PathOf(number), Bytes(step));

    internal bool IsNewest(int number) => Numbers().DefaultIfEmpty(0).Max() == number;

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It takes some place, and that is all.
        }
    }

    private (int Number, RunStep Step)? Newest() => Numbers().DefaultIfEmpty(0).Max() is > 0 and var number ? (number, Load(number)) : null;

    private RunStep Load(int number)
    {
        var place = PathOf(number);
        try
        {
            return JsonSerializer.Deserialize<RunStep>(File.ReadAllBytes(place), Json) is { State: not null } step ? step
                : throw new ScheduleException($"{place}: the step is damaged; expected it as it was written");
        }
        catch (JsonException damage)
        {
            throw new ScheduleException($"{place}: the step is damaged: {damage.Message}; expected it as it was written", damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException($"{place}: {failure.Message}", failure);
        }
    }

    private IEnumerable<int> Numbers() => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Select(file => StepName().Match(Path.GetFileName(file))).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : [];

    private string PathOf(int number) => Path.Combine(path, number.ToString("0000", CultureInfo.InvariantCulture) + ".json");

    private static byte[] Bytes(RunStep step) => JsonSerializer.SerializeToUtf8Bytes(step, Json);

    [GeneratedRegex(@"\A([0-9]{4,9})\.json\z")]
    private static partial Regex StepName();
}

/// <summary>One claim of a run, and what became of the run under it.</summary>
/// <param name="Owner">Who claimed it, for people.</param>
/// <param name="ClaimedAt">When, UTC.</param>
/// <param name="LeaseUntil">Until when it is the owner's alone; null once the owner has let it go.</param>
/// <param name="State">What has become of the run.</param>
internal sealed record RunStep(string Owner, DateTimeOffset ClaimedAt, DateTimeOffset? LeaseUntil, RunState State);
