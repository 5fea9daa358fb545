using StatsGraph.Server;

namespace StatsGraph.Configuration;

/// <summary>One or more addresses that the server listens on, checked.</summary>
internal sealed record ListenUrls
{
    private ListenUrls(string text, bool loopbackOnly, string? firstHttps) => (Text, LoopbackOnly, FirstHttps) = (text, loopbackOnly, firstHttps);

    /// <summary>The addresses, parted by semicolons, none with a slash at its end.</summary>
    public string Text { get; }

    /// <summary>Whether only this machine can reach all of them.</summary>
    public bool LoopbackOnly { get; }

    /// <summary>The first that needs a certificate; null for none.</summary>
    public string? FirstHttps { get; }

    /// <summary>Reads addresses such as <c>http://127.0.0.1:5080;http://[::1]:5080</c>.</summary>
    /// <exception cref="FormatException">One is no address of http or https; the message names it.</exception>
    public static ListenUrls Parse(string text)
    {
        var all = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => url.TrimEnd('/')).ToList();
        if (all.Count == 0)
        {
            throw new FormatException($"'{text}' names no address; expected one such as {Settings.DefaultUrls}");
        }

        return new ListenUrls(
            string.Join(';', all), all.ConvertAll(ListenAddress.IsLoopback).TrueForAll(loopback => loopback), all.Find(ListenAddress.IsHttps));
    }
}
