using System.Text;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Tests.Ingest.Sessions;

public sealed class ListenerHashesTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];

    [Fact]
    public void A_listener_is_the_keyed_hash_of_site_address_and_user_agent_however_long_and_many()
    {
        var listeners = new ListenerHashes(Key, "radio");
        var block = new ParsedBlock(capacity: 300);
        var texts = Enumerable.Range(0, 300)
            .Select(row => (Address: $"192.0.2.{row % 256}", UserAgent: new string('x', row % 50 == 49 ? 40_000 : row * 7 % 900))).ToList();
        foreach (var (address, userAgent) in texts)
        {
            block.Add();
            listeners.Add(block.Count - 1, Encoding.ASCII.GetBytes(address), Encoding.ASCII.GetBytes(userAgent), block);
        }

        listeners.Finish(block);

        for (var row = 0; row < texts.Count; row++)
        {
            var whole = Encoding.ASCII.GetBytes($"radio\0{texts[row].Address}\0{texts[row].UserAgent}");
            Assert.Equal((long)new SipHash24(Key).Hash(whole), block[row].Listener);
        }
    }
}
