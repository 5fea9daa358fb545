using System.Net;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Documents;

namespace StatsGraph.Tests.Server;

/// <summary>Automatic persisted queries by Apollo's protocol, and the mode that answers saved documents alone.</summary>
public sealed class AutomaticDocumentTests
{
    private const string Query = "{ sites { totalCount } }";
    private const string Data = """{"data":{"sites":{"totalCount":1}}}""";

    private static readonly string Hash = SavedDocument.HashOf(Query);

    [Fact]
    public async Task A_hash_is_enough_once_its_text_was_sent()
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions());
        using var unknown = await AskAsync(server, null, Hash);
        Assert.Equal(
            (HttpStatusCode.OK, """{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}"""),
            (unknown.StatusCode, await TextAsync(unknown)));
        using var sent = await AskAsync(server, Query, Hash);
        using var known = await AskAsync(server, null, Hash);
        Assert.Equal((Data, Data), (await TextAsync(sent), await TextAsync(known)));
        using var get = await server.GetAsync("/graphql?extensions=" + Uri.EscapeDataString(Extensions(Hash)));
        Assert.Equal((true, Data), (get.Headers.ETag is not null, await TextAsync(get)));
    }

    [Fact]
    public async Task A_hash_that_is_not_the_texts_is_refused_and_keeps_nothing()
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions());
        var other = SavedDocument.HashOf("{ __typename }");
        using var wrong = await AskAsync(server, Query, other);
        Assert.Equal(
            (HttpStatusCode.BadRequest, ("The 'sha256Hash' in 'extensions' is not that of 'query'.", "PERSISTED_QUERY_HASH_MISMATCH")),
            (wrong.StatusCode, SavedDocumentTests.Error(await RunningServer.JsonAsync(wrong))));
        using var after = await AskAsync(server, null, other);
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", SavedDocumentTests.Error(await RunningServer.JsonAsync(after)).Code);
    }

    [Theory]
    [InlineData("{ sites", "HC0011")]
    [InlineData("{ sites { totalCount } __typename }", "TOO_MANY_FIELDS")]
    public async Task A_text_that_is_no_document_or_too_much_is_not_kept(string text, string code)
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions { Limits = new GraphQLLimits { MaximumFields = 2 } });
        using var sent = await AskAsync(server, text, SavedDocument.HashOf(text));
        using var after = await AskAsync(server, null, SavedDocument.HashOf(text));
        Assert.Equal(
            (code, "PersistedQueryNotFound"),
            (SavedDocumentTests.Error(await RunningServer.JsonAsync(sent)).Code, SavedDocumentTests.Error(await RunningServer.JsonAsync(after)).Message));
    }

    [Theory]
    [InlineData("""{"version":2,"sha256Hash":"a"}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("1")]
    public async Task Another_protocol_is_no_request(string persisted)
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions());
        using var response = await server.PostAsync($$$"""{"query":"{__typename}","extensions":{"persistedQuery":{{{persisted}}}}}""");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "'persistedQuery' in 'extensions' is no object with the version 1 and a 'sha256Hash'."),
            (response.StatusCode, SavedDocumentTests.Error(await RunningServer.JsonAsync(response)).Message));
    }

    [Fact]
    public void The_texts_that_are_kept_have_bounded_memory()
    {
        using var documents = new AutomaticDocuments(bytes: 10_000);
        documents.Keep("long", new string('x', 5_000));
        Assert.Null(documents.Find("long"));
        var hashes = Enumerable.Range(0, 100).Select(number => $"{number}").ToList();
        hashes.ForEach(hash => documents.Keep(hash, new string('x', 100)));
        Assert.InRange(hashes.Count(hash => documents.Find(hash) is not null), 1, 10_000 / 712);
    }

    [Fact]
    public async Task A_server_that_trusts_saved_documents_alone_answers_those_however_they_are_asked()
    {
        using var queries = new SomeQueries().With("count.graphql", Query);
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions { TrustedDocumentsOnly = true, QueriesFolder = queries.Path });
        using var named = await server.GetAsync("/graphql/persisted/count");
        using var posted = await server.PostAsync("""{"id":"count"}""");
        using var hashed = await AskAsync(server, null, Hash);
        using var text = await server.PostAsync(JsonSerializer.Serialize(new { query = Query }));
        foreach (var response in (HttpResponseMessage[])[named, posted, hashed, text])
        {
            Assert.Equal(Data, await TextAsync(response));
        }
    }

    [Fact]
    public async Task And_refuses_every_other_document_and_keeps_none()
    {
        await using var server = await SavedDocumentTests.StartAsync(new ServerOptions { TrustedDocumentsOnly = true });
        using var posted = await server.PostAsync("""{"query":"{ __schema { queryType { name } } }"}""", "application/json", "application/graphql-response+json");
        using var get = await server.GetAsync("/graphql?query={__typename}");
        using var registered = await AskAsync(server, Query, Hash);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (posted.StatusCode, get.StatusCode));
        foreach (var response in (HttpResponseMessage[])[posted, get, registered])
        {
            Assert.Equal(
                ("Only persisted operations are allowed: this server answers its saved documents and no others.", "HC0067"),
                SavedDocumentTests.Error(await RunningServer.JsonAsync(response)));
        }

        using var after = await AskAsync(server, null, Hash);
        Assert.Equal("PersistedQueryNotFound", SavedDocumentTests.Error(await RunningServer.JsonAsync(after)).Message);
        using var schema = await server.GetAsync("/graphql?sdl");
        Assert.Equal(StatsGraphSchema.Print(), await TextAsync(schema));
    }

    private static string Extensions(string hash) => $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";

    private static Task<HttpResponseMessage> AskAsync(RunningServer server, string? query, string hash)
        => server.PostAsync(JsonSerializer.Serialize(new { query, extensions = JsonSerializer.Deserialize<JsonElement>(Extensions(hash)) }));

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
