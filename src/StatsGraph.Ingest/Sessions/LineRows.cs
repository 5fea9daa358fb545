using Apache.Arrow;
using Apache.Arrow.Types;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Rows of the lake that are being collected for one batch.</summary>
internal sealed class LineRows
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Bytes that an object and a reference to it take, about.</summary>
    private const int ObjectBytes = 64;

    /// <summary>0001-01-01 in seconds since 1970: what came before cannot be told in most systems.</summary>
    private const long FirstSecond = -62_135_596_800;

    private static readonly DictionaryType TextType = new(Int32Type.Default, StringType.Default, ordered: false);

    private static readonly Schema BatchSchema = new(
        LineColumns.Schema.FieldsList.Select(field => field.DataType is StringType && field.Name != LineColumns.Excerpt
            ? new Field(field.Name, TextType, field.IsNullable) : field),
        metadata: null);

    private readonly Column<byte> classes = new();
    private readonly Column<long> hashes = new();
    private readonly Column<int> ordinals = new();
    private readonly Column<byte> reasons = new();
    private readonly TextColumn excerpts = new();
    private readonly Column<long> startedAt = new();
    private readonly Column<long> endedAt = new();
    private readonly Column<long> durations = new();
    private readonly Column<int> statuses = new();
    private readonly Column<UInt128> bytes = new();
    private readonly Column<long> listeners = new();
    private readonly FactColumn<MountPath> paths = new();
    private readonly FactColumn<Client> clients = new();
    private readonly FactColumn<UserAgent> userAgents = new();
    private readonly FactColumn<Referrer> referrers = new();

    /// <summary>Number of rows.</summary>
    public int Count => hashes.Count;

    /// <summary>Class of each row.</summary>
    public LineClass ClassOf(int row) => (LineClass)classes.Values[row];

    /// <summary>Bytes that the texts of the rows take, about.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Adds a blank line.</summary>
    public void AddBlank(long hash, int ordinal)
    {
        AddIdentity(LineClass.Blank, hash, ordinal);
        AddUnread(RejectReason.None, excerpt: null, endedAt: null);
    }

    /// <summary>Adds a rejected line.</summary>
    public void AddRejected(long hash, int ordinal, RejectReason reason, string excerpt, long? endedAt)
    {
        AddIdentity(LineClass.Rejected, hash, ordinal);
        AddUnread(reason, excerpt, endedAt);
        TextBytes += excerpt.Length + ObjectBytes;
    }

    /// <summary>Adds an access record.</summary>
    /// <param name="hash">Hash of the line.</param>
    /// <param name="ordinal">Equal lines before it.</param>
    /// <param name="lineClass">What it is.</param>
    /// <param name="record">The record.</param>
    /// <param name="facts">What its fields tell.</param>
    /// <param name="listener">Hash of the listener.</param>
    /// <param name="hasStart">Whether the duration can be believed.</param>
    public void AddRecord(
        long hash, int ordinal, LineClass lineClass, in AccessRecord record, in LineFacts facts, long listener, bool hasStart)
    {
        var end = record.EndedAt!.Value;
        var duration = (long)Math.Min(record.Duration, long.MaxValue);
        AddIdentity(lineClass, hash, ordinal);
        reasons.AddMissing();
        excerpts.Add(null);
        startedAt.Add(hasStart && duration <= end - FirstSecond ? (end - duration) * MicrosecondsPerSecond : null);
        endedAt.Add(end * MicrosecondsPerSecond);
        durations.Add(duration);
        statuses.Add(record.Status);
        bytes.Add(record.Bytes);
        listeners.Add(listener);
        if (paths.Add(facts.Path))
            TextBytes += facts.Path.Text.Length + ObjectBytes;
        if (clients.Add(facts.Client))
            TextBytes += (facts.Client.Network?.Length ?? 0) + ObjectBytes;
        if (userAgents.Add(facts.UserAgent))
            TextBytes += (3 * facts.UserAgent.Utf8.Length) + ObjectBytes;
        if (referrers.Add(facts.Referrer))
            TextBytes += (facts.Referrer.Host?.Length ?? 0) + ObjectBytes;
    }

    /// <summary>Forgets all rows but keeps their room, so that a long run need not find it anew for each commit.</summary>
    public void Clear()
    {
        classes.Clear();
        hashes.Clear();
        ordinals.Clear();
        reasons.Clear();
        excerpts.Clear();
        startedAt.Clear();
        endedAt.Clear();
        durations.Clear();
        statuses.Clear();
        bytes.Clear();
        listeners.Clear();
        paths.Clear();
        clients.Clear();
        userAgents.Clear();
        referrers.Clear();
        TextBytes = 0;
    }

    /// <summary>The batch of the rows, valid until they are cleared. No row may be added before.</summary>
    public RecordBatch ToBatch()
    {
        var arrays = BatchSchema.FieldsList.Select(field => ToArray(field.Name));
        return new RecordBatch(BatchSchema, arrays, Count);
    }

    private void AddIdentity(LineClass lineClass, long hash, int ordinal)
    {
        classes.Add((byte)lineClass);
        hashes.Add(hash);
        ordinals.Add(ordinal);
    }

    private void AddUnread(RejectReason reason, string? excerpt, long? endedAt)
    {
        if (reason == RejectReason.None)
            reasons.AddMissing();
        else
            reasons.Add((byte)reason);
        excerpts.Add(excerpt);
        startedAt.AddMissing();
        this.endedAt.Add(endedAt * MicrosecondsPerSecond);
        durations.AddMissing();
        statuses.AddMissing();
        bytes.AddMissing();
        listeners.AddMissing();
        paths.AddMissing();
        clients.AddMissing();
        userAgents.AddMissing();
        referrers.AddMissing();
    }

    private IArrowArray ToArray(string column) => column switch
    {
        LineColumns.Class => Names(classes, code => ((LineClass)code).Text()),
        LineColumns.LineHash => hashes.ToArray(Int64Type.Default),
        LineColumns.Ordinal => ordinals.ToArray(Int32Type.Default),
        LineColumns.Reason => Names(reasons, code => code == 0 ? null : ((RejectReason)code).Name()),
        LineColumns.Excerpt => excerpts.ToArray(),
        LineColumns.StartedAt => startedAt.ToArray(LineColumns.Timestamp),
        LineColumns.EndedAt => endedAt.ToArray(LineColumns.Timestamp),
        LineColumns.Duration => durations.ToArray(Int64Type.Default),
        LineColumns.Status => statuses.ToArray(Int32Type.Default),
        LineColumns.Bytes => bytes.ToArray(LineColumns.Unsigned64),
        LineColumns.Mount => paths.Texts(path => path.Text),
        LineColumns.Address => clients.Texts(client => client.Network),
        LineColumns.Listener => listeners.ToArray(Int64Type.Default),
        LineColumns.UserAgent => userAgents.Texts(userAgent => userAgent.Text),
        LineColumns.Player => userAgents.Texts(userAgent => userAgent.Player),
        LineColumns.Referrer => referrers.Texts(referrer => referrer.Host),
        LineColumns.Latitude => clients.Numbers(DoubleType.Default, client => client.Place.Latitude),
        LineColumns.Longitude => clients.Numbers(DoubleType.Default, client => client.Place.Longitude),
        LineColumns.Asn => clients.Numbers(Int64Type.Default, client => client.Place.Asn),
        _ => clients.Texts(client => PlaceText(client.Place, column)),
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

    /// <summary>A text column from codes of a small, known set.</summary>
    private static DictionaryArray Names(Column<byte> codes, Func<byte, string?> name)
    {
        var texts = new TextDictionary();
        var indices = new Column<int>();
        foreach (var code in codes.Values)
        {
            if (name(code) is { } text)
                indices.Add(texts.CodeOf(text));
            else
                indices.AddMissing();
        }

        return texts.ToArray(indices);
    }
}
