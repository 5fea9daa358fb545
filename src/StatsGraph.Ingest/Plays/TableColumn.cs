namespace StatsGraph.Ingest.Plays;

/// <summary>What a column of a table of plays tells.</summary>
internal enum TableColumn
{
    /// <summary>Nothing that is read.</summary>
    Other,
    Artist,
    Title,
    Album,
    Label,
    Isrc,

    /// <summary>Date and time of the start.</summary>
    Start,

    /// <summary>Date of the start, where its time is a column of its own.</summary>
    Date,

    /// <summary>Time of day of the start.</summary>
    Time,

    /// <summary>Date and time of the end.</summary>
    End,
    Duration,
    DurationMilliseconds,
    Mount,
}

/// <summary>
/// The names that columns have in the exports of LibreTime, AzuraCast, Rivendell and the like; case, blanks, dashes and underscores do not
/// matter.
/// </summary>
internal static class TableColumns
{
    private static readonly Dictionary<string, TableColumn> Names = new(StringComparer.Ordinal);

    static TableColumns()
    {
        Add(TableColumn.Artist, "artist", "artistname", "artists", "creator", "performer", "interpret", "interpreter", "featuredartist", "trackartist", "songartist");
        Add(TableColumn.Title, "title", "track", "tracktitle", "trackname", "song", "songtitle", "songname", "titel", "soundrecordingtitle", "recordingtitle", "cuttitle");
        Add(TableColumn.Album, "album", "albumtitle", "albumname", "release", "songalbum", "trackalbum");
        Add(TableColumn.Label, "label", "recordlabel", "marketinglabel", "publisher", "labelname", "musiclabel");
        Add(TableColumn.Isrc, "isrc", "isrccode", "isrcnumber", "songisrc");
        Add(TableColumn.Start, "start", "starts", "started", "startedat", "startsat", "starttime", "timestart", "startdatetime", "datetimestart", "playedat", "played", "timestamp",
            "datetime", "dateandtime", "airedat", "timestampstart", "eventdatetime", "playtime", "playdatetime", "starttimestamp");
        Add(TableColumn.Date, "date", "airdate", "playdate", "startdate", "dateplayed", "datum");
        Add(TableColumn.Time, "time", "airtime", "timeofday", "timeplayed", "uhrzeit");
        Add(TableColumn.End, "end", "ends", "ended", "endedat", "endsat", "endtime", "timeend", "enddatetime", "stop", "stoptime", "timestampend", "endtimestamp");
        Add(TableColumn.Duration, "duration", "length", "tracklength", "runtime", "playlength", "durationseconds", "durationsec", "lengthseconds", "seconds", "dauer");
        Add(TableColumn.DurationMilliseconds, "durationms", "lengthms", "milliseconds");
        Add(TableColumn.Mount, "mount", "mountpoint", "channel", "channelname", "stream", "streamname", "programname", "channelorprogramname");
    }

    /// <summary>What a column of a name tells.</summary>
    public static TableColumn Of(string name)
        => Names.GetValueOrDefault(string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant());

    private static void Add(TableColumn column, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Names.Add(name, column);
    }
}
