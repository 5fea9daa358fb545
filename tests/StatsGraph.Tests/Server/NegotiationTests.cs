using System.Net;

namespace StatsGraph.Tests.Server;

/// <summary>Media types and status codes of GraphQL over HTTP.</summary>
[Collection(SharedServer.Name)]
public sealed class NegotiationTests(RunningServer server)
{
    private const string Json = "application/json; charset=utf-8";
    private const string GraphQL = "application/graphql-response+json; charset=utf-8";
    private const string Good = """{"query":"{ __typename }"}""";

    [Theory]
    [InlineData(Json)]
    [InlineData(Json, "*/*")]
    [InlineData(Json, "application/*")]
    [InlineData(Json, "application/json")]
    [InlineData(Json, "application/json; charset=utf-8")]
    [InlineData(Json, "text/html,application/xhtml+xml,*/*;q=0.8")]
    [InlineData(Json, "application/graphql-response+json;q=0.5, application/json")]
    [InlineData(Json, "application/graphql-response+json;q=0, */*")]
    [InlineData(Json, "this is no media type")]
    [InlineData(GraphQL, "application/graphql-response+json")]
    [InlineData(GraphQL, "application/graphql-response+json, application/json;q=0.9")]
    [InlineData(GraphQL, "application/json, application/graphql-response+json")]
    [InlineData(GraphQL, "application/graphql-response+json, */*;q=0.1")]
    [InlineData(GraphQL, "application/*, application/json;q=0")]
    public async Task The_answer_has_the_type_that_is_liked_best(string contentType, params string[] accept)
    {
        using var response = await server.PostAsync(Good, "application/json", accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    [InlineData("application/xml, image/*")]
    public async Task Other_types_are_not_acceptable(string accept)
    {
        using var response = await server.PostAsync(Good, "application/json", accept);
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        await ErrorAsync(response, "NOT_ACCEPTABLE");
    }

    [Theory]
    [InlineData("""{"query":"{ "}""", "HC0011")]
    [InlineData("""{"query":"{ nothing }"}""", "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("""{"query":"query($k: String!) { site(key: $k) { key } }"}""", "HC0016")]
    [InlineData("""{"query":"query A { __typename } query B { __typename }"}""", "OPERATION_UNKNOWN")]
    [InlineData("""{"query":"query A { __typename }","operationName":"B"}""", "OPERATION_UNKNOWN")]
    [InlineData("""{"query":"mutation { __typename }"}""", "OPERATION_NOT_SUPPORTED")]
    [InlineData("""{"query":"subscription { __typename }"}""", "OPERATION_NOT_SUPPORTED")]
    public async Task A_document_that_is_not_executed_is_400_in_the_new_type_and_200_in_the_old(string body, string code)
    {
        using var response = await server.PostAsync(body, "application/json", "application/graphql-response+json");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await ErrorAsync(response, code);

        using var old = await server.PostAsync(body);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        await ErrorAsync(old, code);
    }

    [Fact]
    public async Task A_document_that_is_executed_is_200_whatever_its_fields_say()
    {
        const string Body = """{"query":"{ site(key: \"demo\") { report(period: { month: \"soon\" }) { period { from } } } }"}""";
        using var response = await server.PostAsync(Body, "application/json", "application/graphql-response+json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("null", (await RunningServer.JsonAsync(response)).GetProperty("data").GetProperty("site").GetRawText());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/graphql")]
    [InlineData("")]
    public async Task Only_json_is_read(string contentType)
    {
        using var response = await server.PostAsync(Good, contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        await ErrorAsync(response, "MEDIA_TYPE_UNSUPPORTED");
    }

    [Theory]
    [InlineData("{", "HC0009", "The body is no JSON: line 1, byte 2.")]
    [InlineData("", "HC0009", "The body is no JSON: line 1, byte 1.")]
    [InlineData("""[{"query":"{ __typename }"}]""", "HC0009", "The body is no JSON object; batches are not supported.")]
    [InlineData("{}", "HC0013", "'query' is missing; expected a GraphQL document, or the 'id' of a saved one.")]
    [InlineData("""{"query":""}""", "HC0013", "'query' is missing; expected a GraphQL document, or the 'id' of a saved one.")]
    [InlineData("""{"query":7}""", "HC0009", "'query' is no string.")]
    [InlineData("""{"query":"{ __typename }","variables":"a"}""", "HC0009", "'variables' is no object.")]
    [InlineData("""{"query":"{ __typename }","variables":[]}""", "HC0009", "'variables' is no object.")]
    [InlineData("""{"query":"{ __typename }","operationName":1}""", "HC0009", "'operationName' is no string.")]
    [InlineData("""{"query":"{ __typename }","extensions":1}""", "HC0009", "'extensions' is no object.")]
    public async Task A_body_that_is_no_request_is_400_in_any_type(string body, string code, string message)
    {
        using var response = await server.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, await ErrorAsync(response, code));
    }

    [Theory]
    [InlineData("""{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}""")]
    [InlineData("""{"query":"query A { __typename } query B { __typename }","operationName":"B"}""")]
    [InlineData("""{"query":"{ __typename }","operationName":"","extensions":{"a":1},"more":true}""")]
    public async Task What_may_be_left_out_may_be_null(string body)
    {
        using var response = await server.PostAsync(body);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_has_its_limit()
    {
        using var response = await server.PostAsync($$"""{"query":"{ __typename }{{new string(' ', 256 * 1024)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("The body is longer than 262144 bytes. (Setting Server:Limits:MaximumBytes.)", await ErrorAsync(response, "HC0010"));
    }

    /// <summary>Checks that a response is one error without data, and gives its message.</summary>
    private static async Task<string?> ErrorAsync(HttpResponseMessage response, string code)
    {
        var json = await RunningServer.JsonAsync(response);
        Assert.False(json.TryGetProperty("data", out _));
        var error = Assert.Single(json.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        return error.GetProperty("message").GetString();
    }
}
