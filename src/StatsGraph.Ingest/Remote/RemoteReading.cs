using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest.Remote;

/// <summary>One reading of a log from its start to its end, which skips what the server knows and sends the rest in parts.</summary>
/// <param name="run">The run that it belongs to.</param>
/// <param name="log">The log.</param>
/// <param name="open">The log, opened.</param>
/// <param name="source">Counts its lines.</param>
/// <param name="useKnown">Skip what the server knows.</param>
/// <param name="soundLength">Bytes of a damaged archive that are sound; <see cref="long.MaxValue"/> where no damage is known.</param>
internal sealed class RemoteReading(RemoteRun run, LogFile log, OpenLog open, Source source, bool useKnown, long soundLength)
{
    /// <summary>A key of the process: nobody who writes lines into a log can make two of them look alike.</summary>
    private static readonly SipHash24 LineKey = new(RandomNumberGenerator.GetBytes(16));

    private readonly PartSender sender = new(run, log);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string name = "";
    private long known;
    private LogPart? part;

    /// <summary>Hash of what stands before the next part; null where nothing does.</summary>
    private string? hashBefore;

    /// <summary>Whether doubtful lines may be sent: an archive that can be read twice is checked before.</summary>
    private bool isChecked = !open.IsCompressed || !open.CanReopen || soundLength < long.MaxValue;

    private int dropped;

    private bool IsFull => part!.Bytes >= run.Options.PartBytes || part.Lines >= run.Options.PartLines;

    /// <summary>Reads the log; all that was read of it is sent when this returns, unless it has to be read anew.</summary>
    public RemoteOutcome Read(ProgressReport report)
    {
        using var ending = hash;
        try
        {
            BrokenLogException? broken = null;
            foreach (var block in open.Blocks(run.Cancellation))
            {
                using (block)
                {
                    if (Read(block, ref broken) is { } other)
                        return other;
                }

                report.SendNowAndThen();
                if (broken is not null)
                    break;
            }

            if (known > 0 && source.KnownLines == 0)
                return RemoteOutcome.Different;
            if ((broken ?? open.Break) is { } reason)
                End(reason);
            Flush();
            sender.Finish();
            return RemoteOutcome.Read;
        }
        finally
        {
            sender.Abandon();
        }
    }

    /// <summary>Takes in a block; null to read on.</summary>
    private RemoteOutcome? Read(LogBlock block, ref BrokenLogException? broken)
    {
        var sound = soundLength < long.MaxValue ? soundLength : block.SoundLength;
        Vouch(sound);
        switch (block.Kind)
        {
            case LogBlockKind.Lines:
                return Take(block, sound);
            case LogBlockKind.Unfinished:
                ReadUnfinished(block.Bytes);
                return null;
            default:
                broken = new BrokenLogException(FormattableString.Invariant(
                    $"its line {source.Lines + 1} is longer than {LogBlockReader.DefaultBlockSize:N0} bytes, which no server takes"));
                return null;
        }
    }

    [MethodImpl(PerLine.Code)]
    private RemoteOutcome? Take(LogBlock block, long sound)
    {
        var bytes = block.Bytes;
        if (source.Lines == 0)
            Begin(bytes[..(bytes.IndexOf((byte)'\n') + 1)]);
        HashSkipped(block.Skipped);
        var isSound = source.Length + block.Skipped + bytes.Length <= sound;
        var (hashed, skipped) = (0, block.Skipped);
        for (var start = 0; start < bytes.Length; skipped = 0)
        {
            var line = bytes.Slice(start, bytes[start..].IndexOf((byte)'\n') + 1);
            start += line.Length;
            var fate = Count(line, skipped);
            if (!isSound)
                Vouch(sound);
            if (fate == LineFate.Skip)
                continue;
            if (fate == LineFate.Different)
                return RemoteOutcome.Different;

            // The hash is wanted of all bytes up to here.
            hash.AppendData(bytes[hashed..start]);
            hashed = start;
            Vouch(sound);
            if (fate == LineFate.LastKnown && !Confirm())
                return RemoteOutcome.Different;
            if (fate == LineFate.LastOfPart && !TrySeal())
                return RemoteOutcome.Damaged;
        }

        hash.AppendData(bytes[hashed..]);
        Vouch(sound);
        return null;
    }

    /// <summary>Names the log by its first line, and asks how far the server knows it.</summary>
    private void Begin(ReadOnlySpan<byte> firstLine)
    {
        name = Convert.ToHexStringLower(SHA256.HashData(firstLine));
        if (useKnown)
            known = run.Server.KnownLengthAsync(name, run.Cancellation).GetAwaiter().GetResult();
    }

    /// <summary>What a block leaves out counts by its length, so that the same log always has the same hash.</summary>
    private void HashSkipped(long skipped)
    {
        if (skipped == 0)
            return;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, skipped);
        hash.AppendData(bytes);
    }

    /// <summary>Counts a line, and adds it to the part unless the server knows it or nothing vouches for it.</summary>
    [MethodImpl(PerLine.Code)]
    private LineFate Count(ReadOnlySpan<byte> line, long skipped)
    {
        var stripped = LineText.Strip(line[..^1]);
        var (lineHash, era, before) = (LineKey.Hash(stripped), BlockParser.EraOf(stripped), source.Length);
        var ordinal = source.Advance(lineHash, era, line.Length + skipped);
        if (source.Length <= known)
            return source.Length == known ? LineFate.LastKnown : LineFate.Skip;
        if (known > 0 && source.KnownLines == 0)
            return LineFate.Different;
        if (source.Length > soundLength)
        {
            dropped++;
            return LineFate.Skip;
        }

        part ??= new LogPart(before, hashBefore, source.Lines - 1);
        part.Add(line, lineHash, era, ordinal);
        Judge(stripped);
        return IsFull ? LineFate.LastOfPart : LineFate.Skip;
    }

    /// <summary>Looks whether a line is an access record: what is not sent of a log of another kind is found out here, and its clock is watched.</summary>
    [MethodImpl(PerLine.Code)]
    private void Judge(ReadOnlySpan<byte> line)
    {
        run.Lines++;
        if (LineText.IsBlank(line))
            return;
        if (LineParser.TryParse(line, out var record, out var reason))
        {
            source.Accept(record.EndedAt!.Value);
            return;
        }

        source.Reject(reason, line.EndsWith("\""u8));
        run.Rejected++;
    }

    /// <summary>Proves to the server that the log is the one that it knows so far.</summary>
    private bool Confirm()
    {
        var soFar = HashSoFar();
        if (!run.Server.KnowsAsync(name, source.Length, soFar, run.Cancellation).GetAwaiter().GetResult())
            return false;
        hashBefore = soFar;
        source.Know();
        run.Lines += source.Lines;
        run.Skipped += source.Lines;
        return true;
    }

    private string HashSoFar() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Notes that all lines so far are sound, if the log is as far as they go.</summary>
    private void Vouch(long sound)
    {
        if (source.Length > sound)
            return;
        source.Vouch();
        part?.Vouch();
    }

    /// <summary>Sends the part, which is full; false when it holds lines of an archive that is damaged.</summary>
    private bool TrySeal()
    {
        if (part!.SoundLines < part.Lines && !isChecked)
        {
            try
            {
                open.Check(run.Cancellation);
                isChecked = true;
            }
            catch (BrokenLogException)
            {
                return false;
            }
        }

        hashBefore = HashSoFar();
        Send(hashBefore);
        return true;
    }

    /// <summary>Sends what is left.</summary>
    private void Flush()
    {
        if (part is { IsEmpty: false })
            Send(dropped == 0 ? HashSoFar() : null);
    }

    /// <summary>How far a log without any access record is known is not remembered, so that the next run says so again.</summary>
    private void Send(string? soFar)
    {
        part!.Length = source.Length;
        part.After = source.Accepted + source.KnownLines > 0 ? soFar : null;
        sender.Send(name, part);
        part = null;
    }

    /// <summary>Takes back what nothing vouches for of a log that could not be read to its end.</summary>
    private void End(BrokenLogException reason)
    {
        if (!source.IsSound && part is not null)
        {
            var doubtful = part.DropDoubtful();
            dropped += doubtful;
            run.Lines -= doubtful;
        }

        source.Break = BrokenLog.Describe(reason, open.IsCompressed, source, dropped, run.Options.DryRun);
    }

    /// <summary>The end of a log without a newline, as <see cref="LogIntake"/> takes it.</summary>
    private void ReadUnfinished(ReadOnlySpan<byte> bytes)
    {
        var line = LineText.Strip(bytes);
        if (line.IsEmpty || (known > 0 && source.KnownLines == 0))
            return;
        if (!open.IsCompressed || open.Break is not null)
        {
            // Of an archive that lost its lines nothing waits.
            run.Waiting += source.IsSound ? 1 : 0;
            return;
        }

        if (LineText.IsBlank(line))
            return;
        if (name.Length == 0)
            name = Convert.ToHexStringLower(SHA256.HashData(line));
        part ??= new LogPart(source.Length, hashBefore, source.Lines);
        part.AddCut(line);
        source.Reject(RejectReason.Truncated, line.EndsWith("\""u8));
        run.Rejected++;
    }

    /// <summary>What is to be done behind a line.</summary>
    private enum LineFate
    {
        /// <summary>Nothing.</summary>
        Skip,

        /// <summary>It is the last one that the server knows, if the log is the one that it knows.</summary>
        LastKnown,

        /// <summary>It fills the part.</summary>
        LastOfPart,

        /// <summary>The log is not the one that the server knows.</summary>
        Different,
    }
}
