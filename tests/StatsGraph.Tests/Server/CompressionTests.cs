using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Server;

/// <summary>Answers that are compressed on their way.</summary>
[Collection(SharedServer.Name)]
public sealed partial class CompressionTests(RunningServer server)
{
    private const string Large = "/graphql?query={__schema{types{name description}}}";
    private const string Small = "/graphql?query={sites{nodes{key}}}";

    [Theory]
    [InlineData("br", "/graphql?sdl", "text/plain")]
    [InlineData("gzip", "/graphql?sdl", "text/plain")]
    [InlineData("br", Large, "application/json")]
    [InlineData("gzip", Large, "application/json")]
    [InlineData("br", Large, "application/graphql-response+json")]
    [InlineData("br", "/graphql/", "text/html")]
    public async Task A_large_answer_is_the_same_one_in_fewer_bytes(string coding, string address, string type)
    {
        using var plain = await SendAsync(HttpMethod.Get, address, ("Accept", type));
        using var packed = await SendAsync(HttpMethod.Get, address, ("Accept", type), ("Accept-Encoding", coding));
        var (all, fewer) = (await BytesAsync(plain), await BytesAsync(packed));
        Assert.Equal((type, type), (plain.Content.Headers.ContentType!.MediaType, packed.Content.Headers.ContentType!.MediaType));
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal([coding], packed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.True(fewer.Length < all.Length * 2 / 3, $"{all.Length} bytes became {fewer.Length}");
        Assert.Equal(Encoding.UTF8.GetString(all), Encoding.UTF8.GetString(Unpack(coding, fewer)));
    }

    [Fact]
    public async Task Scripts_of_the_ide_are_compressed_and_still_hold()
    {
        using var page = await server.GetAsync("/graphql/", "text/html");
        var script = Script().Match(Encoding.UTF8.GetString(await BytesAsync(page))).Value;
        Assert.NotEmpty(script);
        using var packed = await SendAsync(HttpMethod.Get, "/graphql/" + script, ("Accept-Encoding", "gzip, br"));
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        Assert.True(packed.Headers.ETag!.IsWeak);
        using var again = await SendAsync(
            HttpMethod.Get, "/graphql/" + script, ("Accept-Encoding", "gzip, br"), ("If-None-Match", packed.Headers.ETag.ToString()));
        Assert.Equal((HttpStatusCode.NotModified, packed.Headers.ETag), (again.StatusCode, again.Headers.ETag));
    }

    [Fact]
    public async Task An_answer_is_varied_by_both_and_its_tag_is_weak_only_where_it_is_compressed()
    {
        using var plain = await SendAsync(HttpMethod.Get, Large);
        using var packed = await SendAsync(HttpMethod.Get, Large, ("Accept-Encoding", "br"));
        var (strong, weak) = (plain.Headers.ETag!, packed.Headers.ETag!);
        Assert.Equal((false, true, strong.Tag), (strong.IsWeak, weak.IsWeak, weak.Tag));
        foreach (var held in new[] { strong, weak })
        {
            using var again = await SendAsync(HttpMethod.Get, Large, ("Accept-Encoding", "br"), ("If-None-Match", held.ToString()));
            Assert.Equal((HttpStatusCode.NotModified, held), (again.StatusCode, again.Headers.ETag));
            Assert.Empty(await BytesAsync(again));
            Assert.Equal(["Accept", "Accept-Encoding"], again.Headers.Vary);
        }

        Assert.All([plain, packed], response => Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary));
    }

    [Theory]
    [InlineData(Small, "br, gzip")]
    [InlineData(Large, "identity")]
    [InlineData(Large, "br;q=0, gzip;q=0")]
    public async Task Small_answers_and_clients_that_accept_it_not_get_them_as_they_are(string address, string accepted)
    {
        using var response = await SendAsync(HttpMethod.Get, address, ("Accept-Encoding", accepted));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal('{', (char)(await BytesAsync(response))[0]);
    }

    [Fact]
    public async Task The_head_of_a_compressed_answer_says_what_the_get_would()
    {
        using var get = await SendAsync(HttpMethod.Get, Large, ("Accept-Encoding", "br"));
        using var head = await SendAsync(HttpMethod.Head, Large, ("Accept-Encoding", "br"));
        Assert.Equal((get.StatusCode, get.Headers.ETag), (head.StatusCode, head.Headers.ETag));
        Assert.Equal(get.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Empty(await BytesAsync(head));
    }

    private static byte[] Unpack(string coding, byte[] bytes)
    {
        using var packed = new MemoryStream(bytes);
        using Stream reader = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var all = new MemoryStream();
        reader.CopyTo(all);
        return all.ToArray();
    }

    private static Task<byte[]> BytesAsync(HttpResponseMessage response)
        => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"static/js/main\.\w+\.js")]
    private static partial Regex Script();
}
