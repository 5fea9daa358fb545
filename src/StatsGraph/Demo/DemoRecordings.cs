using System.Globalization;

namespace StatsGraph.Demo;

/// <summary>Recordings that do not exist, by artists that do not either.</summary>
internal static class DemoRecordings
{
    /// <summary>A recording; what the live programme does not tell of it is null.</summary>
    public sealed record Recording(string Artist, string Title, string? Album = null, string? Label = null, string? Isrc = null);

    private static readonly string[] LiveArtists =
    [
        "The Demo Tapes", "Anna Beispiel", "Les Exemples", "Björn Muster", "Sample & Hold", "Placeholder", "Kaffee um Vier", "The Null Pointers", "Nora Nominal",
        "Trio Tangente", "Radio Silence", "Mira Mittag", "The Second Draft", "Oskar Ohnesorg", "Północ", "Café Central", "Ida & the Offsets", "Montagskinder",
        "The Late Edition", "Paula Parallel", "Signal/Noise", "Wilde Ente", "Øresund Express", "Sobota",
    ];

    private static readonly string[] LiveTitles =
    [
        "Erste Seite", "Second Look", "Nachtbus", "Blue Margin", "Morgenrot", "Return Trip", "Zwischen den Zeilen", "Small Print", "Kleine Pause", "Long Division",
        "Open Window", "Letzter Akkord", "Side B", "Über dem Fluss", "Halbe Note", "Weather Report", "Drei Minuten", "Carry the One", "Stadtpark", "Postcard | Reprise",
        "Unter Strom", "Footnotes", "Sommerzeit", "Winterzeit",
    ];

    private static readonly string[] JazzArtists =
        ["Quartett Viertel Vor", "Ella Entwurf", "The Blue Notebook", "Max Modal Trio", "Swing Index", "Duo Dur", "Late Chorus", "Orchester Oktave"];

    private static readonly string[] JazzTitles =
        ["Five to Four", "Mollig", "Second Chorus", "Walking Home", "Nachtzug nach Bremen", "No Vibrato", "Blue Ink", "Turnaround", "Slow Elevator", "Ballade für Bass"];

    /// <summary>A recording of the live programme; some are played much more than others.</summary>
    public static Recording Live(DemoRandom random)
    {
        // Of two numbers the smaller one is mostly small.
        var artist = Math.Min(random.Below(LiveArtists.Length), random.Below(LiveArtists.Length));
        return new Recording(LiveArtists[artist], LiveTitles[(artist + (5 * Math.Min(random.Below(6), random.Below(6)))) % LiveTitles.Length]);
    }

    /// <summary>A recording of the jazz programme.</summary>
    public static Recording Jazz(DemoRandom random)
    {
        var (artist, title) = (random.Below(JazzArtists.Length), random.Below(JazzTitles.Length));
        return new Recording(
            JazzArtists[artist], JazzTitles[title], $"{JazzArtists[artist]} Live", "Beispiel Records", string.Create(CultureInfo.InvariantCulture, $"XXDEM26{artist:000}{title:00}"));
    }
}
