using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Makes a batch of the lake's columns of rows. What rows share is made once: texts become dictionaries at the cost of the
/// distinct ones. Keeps its memory from batch to batch; a batch is valid until the next one is made. For one thread alone.
/// </summary>
/// <param name="knownPlaces">What the places of rows are numbers of.</param>
internal sealed class LineBatch(FactList<Place> knownPlaces)
{
    /// <summary>How texts are handed to the lake.</summary>
    public static readonly DictionaryType TextType = new(Int32Type.Default, StringType.Default, ordered: false);

    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>0001-01-01 in seconds since 1970: what came before cannot be told in most systems.</summary>
    private const long FirstSecond = -62_135_596_800;

    private static readonly Schema BatchSchema = new(
        LineColumns.Schema.FieldsList.Select(field => field.DataType is StringType && field.Name is not (LineColumns.Excerpt or LineColumns.Address)
            ? new Field(field.Name, TextType, field.IsNullable) : field),
        metadata: null);

    private static readonly string?[] ClassTexts = [.. Enum.GetValues<LineClass>().Select(value => value.Text())];
    private static readonly string?[] ReasonTexts = [.. Enum.GetValues<RejectReason>().Select(value => value == 0 ? null : value.Name())];

    private readonly Validity all = new(), records = new(), starts = new(), ends = new(), rejected = new();
    private readonly Column<long> hashes = new(), startedAt = new(), endedAt = new(), durations = new(), listeners = new(), asns = new();
    private readonly Column<int> ordinals = new(), statuses = new();
    private readonly Column<UInt128> bytes = new();
    private readonly Column<double> latitudes = new(), longitudes = new();
    private readonly Validity haveLatitude = new(), haveLongitude = new(), haveAsn = new();
    private readonly NetworkColumn addresses = new();
    private readonly Dictionary<string, TextDictionary> texts = [];
    private readonly FactNumbers<MountPath> paths = new();
    private readonly FactNumbers<Place> places = new();
    private readonly FactNumbers<UserAgent> userAgents = new();
    private readonly FactNumbers<Referrer> referrers = new();
    private int[] classOf = [], reasonOf = [], pathOf = [], userAgentOf = [], referrerOf = [], placeOf = [];
    private ClientNetwork[] networkOf = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Class of each row.</summary>
    public ReadOnlySpan<int> Classes => classOf.AsSpan(0, Count);

    /// <summary>Network of each row's client.</summary>
    public ReadOnlySpan<ClientNetwork> Networks => networkOf.AsSpan(0, Count);

    /// <summary>Number of each row's place; -1 for none.</summary>
    public ReadOnlySpan<int> PlaceNumbers => placeOf.AsSpan(0, Count);

    /// <summary>The places of the rows, by their number.</summary>
    public IReadOnlyList<Place> Places => places.Facts;

    /// <summary>The rows as the lake wants them; of use behind <see cref="End"/>.</summary>
    public RecordBatch? Columns { get; private set; }

    /// <summary>When the line of a row ended, in microseconds since 1970; null when that is unknown.</summary>
    public long? EndOf(int row) => ends.IsMissing(row) ? null : endedAt.Values(Count)[row];

    /// <summary>Begins a batch.</summary>
    /// <param name="rows">Number of rows that will be added.</param>
    public void Begin(int rows)
    {
        Count = 0;
        foreach (var validity in (ReadOnlySpan<Validity>)[all, records, starts, ends, rejected])
            validity.Begin(rows);
        hashes.Begin(rows);
        ordinals.Begin(rows);
        startedAt.Begin(rows);
        endedAt.Begin(rows);
        durations.Begin(rows);
        listeners.Begin(rows);
        statuses.Begin(rows);
        bytes.Begin(rows);
        paths.Clear();
        userAgents.Clear();
        referrers.Clear();
        places.Clear();
        if (classOf.Length >= rows)
            return;
        (classOf, reasonOf, pathOf) = (new int[rows], new int[rows], new int[rows]);
        (userAgentOf, referrerOf, placeOf, networkOf) = (new int[rows], new int[rows], new int[rows], new ClientNetwork[rows]);
    }

    /// <summary>Says what the rows that follow have numbers of.</summary>
    public void Use(LineFacts facts)
    {
        places.Use(knownPlaces);
        if (facts.Paths is null)
            return;
        paths.Use(facts.Paths);
        userAgents.Use(facts.UserAgents);
        referrers.Use(facts.Referrers);
    }

    /// <summary>Adds a row.</summary>
    [MethodImpl(PerLine.Code)]
    public void Add(in LineRow row)
    {
        var i = Count++;
        var duration = (long)Math.Min(row.Duration, long.MaxValue);
        hashes.Set(i, row.Hash);
        ordinals.Set(i, row.Ordinal);
        durations.Set(i, duration);
        listeners.Set(i, row.Listener);
        statuses.Set(i, row.Status);
        bytes.Set(i, row.Bytes);
        classOf[i] = (int)row.Class;
        reasonOf[i] = (int)row.Reason;
        networkOf[i] = row.Network;
        SetTimes(i, row, duration);
        if (row.Reason == RejectReason.None)
            rejected.Miss(i);
        if (row.IsRecord)
        {
            pathOf[i] = paths.Of(row.Path);
            placeOf[i] = places.Of(row.Place);
            userAgentOf[i] = userAgents.Of(row.UserAgent);
            referrerOf[i] = referrers.Of(row.Referrer);
            return;
        }

        pathOf[i] = placeOf[i] = userAgentOf[i] = referrerOf[i] = FactNumbers<Place>.Missing;
        records.Miss(i);
    }

    /// <summary>Makes the batch of the added rows.</summary>
    /// <param name="excerpts">Excerpts of the rejected rows, in their order.</param>
    public void End(IReadOnlyList<string> excerpts)
        => Columns = new RecordBatch(BatchSchema, BatchSchema.FieldsList.Select(field => ToArray(field.Name, excerpts)), Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetTimes(int index, in LineRow row, long duration)
    {
        var isKnown = row.EndedAt != LineRow.NoTime;
        if (!isKnown)
            ends.Miss(index);
        endedAt.Set(index, isKnown ? row.EndedAt * MicrosecondsPerSecond : 0);
        var hasStart = row.HasStart && isKnown && duration <= row.EndedAt - FirstSecond;
        if (!hasStart)
            starts.Miss(index);
        startedAt.Set(index, hasStart ? (row.EndedAt - duration) * MicrosecondsPerSecond : 0);
    }

    private IArrowArray ToArray(string column, IReadOnlyList<string> excerpts) => column switch
    {
        LineColumns.Class => Texts(column, classOf, Used(classOf, ClassTexts), text => text),
        LineColumns.LineHash => hashes.ToArray(Int64Type.Default, Count, all),
        LineColumns.Ordinal => ordinals.ToArray(Int32Type.Default, Count, all),
        LineColumns.Reason => Texts(column, reasonOf, Used(reasonOf, ReasonTexts), text => text),
        LineColumns.Excerpt => TextArray.Of(Count, excerpts, rejected, row => reasonOf[row] != (int)RejectReason.None),
        LineColumns.StartedAt => startedAt.ToArray(LineColumns.Timestamp, Count, starts),
        LineColumns.EndedAt => endedAt.ToArray(LineColumns.Timestamp, Count, ends),
        LineColumns.Duration => durations.ToArray(Int64Type.Default, Count, records),
        LineColumns.Status => statuses.ToArray(Int32Type.Default, Count, records),
        LineColumns.Bytes => bytes.ToArray(LineColumns.Unsigned64, Count, records),
        LineColumns.Mount => Texts(column, pathOf, paths.Facts, path => path.Text),
        LineColumns.Address => addresses.ToArray(Networks),
        LineColumns.Listener => listeners.ToArray(Int64Type.Default, Count, records),
        LineColumns.UserAgent => Texts(column, userAgentOf, userAgents.Facts, userAgent => userAgent.Text),
        LineColumns.Player => Texts(column, userAgentOf, userAgents.Facts, userAgent => userAgent.Player),
        LineColumns.Referrer => Texts(column, referrerOf, referrers.Facts, referrer => referrer.Host),
        LineColumns.Latitude => Numbers(latitudes, haveLatitude, DoubleType.Default, place => place.Latitude),
        LineColumns.Longitude => Numbers(longitudes, haveLongitude, DoubleType.Default, place => place.Longitude),
        LineColumns.Asn => Numbers(asns, haveAsn, Int64Type.Default, place => place.Asn),
        _ => Texts(column, placeOf, places.Facts, place => PlaceText(place, column)),
    };

    private static string? PlaceText(Place place, string column) => column switch
    {
        LineColumns.Country => place.Country,
        LineColumns.Continent => place.Continent,
        LineColumns.Region => place.Region,
        LineColumns.City => place.City,
        LineColumns.Network => place.Network,
        _ => throw new InvalidOperationException($"the column '{column}' of the lake is filled by nothing"),
    };

    /// <summary>The texts that some row has; a dictionary shall hold no others.</summary>
    [MethodImpl(PerLine.Code)]
    private string?[] Used(int[] numbers, string?[] all)
    {
        var used = new string?[all.Length];
        foreach (var number in numbers.AsSpan(0, Count))
            used[number] = all[number];
        return used;
    }

    private IArrowArray Texts<T>(string column, int[] numbers, IReadOnlyList<T> facts, Func<T, string?> text)
    {
        if (!texts.TryGetValue(column, out var dictionary))
            texts.Add(column, dictionary = new TextDictionary());
        return dictionary.ToArray(numbers.AsSpan(0, Count), facts, text);
    }

    [MethodImpl(PerLine.Code)]
    private IArrowArray Numbers<T>(Column<T> column, Validity validity, IArrowType type, Func<Place, T?> number)
        where T : unmanaged
    {
        var ofPlace = places.Facts.Select(place => number(place)).ToList();
        var values = column.Begin(Count);
        if (ofPlace.TrueForAll(value => value is null))
        {
            validity.BeginWithout(Count);
            column.Clear(Count);
            return column.ToArray(type, Count, validity);
        }

        validity.Begin(Count);
        for (var row = 0; row < Count; row++)
        {
            var value = placeOf[row] < 0 ? null : ofPlace[placeOf[row]];
            values[row] = value.GetValueOrDefault();
            if (value is null)
                validity.Miss(row);
        }

        return column.ToArray(type, Count, validity);
    }
}
