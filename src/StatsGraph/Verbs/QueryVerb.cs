using System.CommandLine;
using System.Text;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Tables;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph query</c>: runs one GraphQL document on the lake, with no server.</summary>
internal sealed class QueryVerb : Verb
{
    private readonly Argument<string> document = new("FILE.graphql") { Description = "GraphQL document; - for standard input" };

    private readonly Option<string> data = DataOption();

    private readonly Option<string> variables = new("--variables")
    {
        HelpName = "JSON",
        Description = "Values of the document's variables, as one JSON object",
    };

    private readonly Option<string> operation = new("--operation")
    {
        HelpName = "NAME",
        Description = "Operation to run, of a document that has several",
    };

    private readonly Option<bool> explain = new("--explain")
    {
        Arity = ArgumentArity.Zero,
        Description = "Tell in the response's extensions how each figure was computed: road, rows read, milliseconds",
    };

    private readonly Option<AnswerFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "json, or the rows of the document's list as csv, arrow (an IPC stream), parquet, xlsx or table",
        DefaultValueFactory = _ => AnswerFormat.Json,
    };

    public QueryVerb(CommandHost host)
        : base(host, "query", "Runs one GraphQL document on the lake and prints the response.",
            """statsgraph query queries/tuning-hours.graphql --variables '{"site":"radio","month":"2026-10"}'""")
    {
        Add(document);
        Add(data);
        Add(variables);
        Add(operation);
        Add(explain);
        Add(format);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var values = GivenVariables(parsed);
        var query = await ReadDocumentAsync(parsed.GetValue(document)!, cancellation);
        var settings = ReadSettings(parsed, data);
        if (!Array.Exists(["lake", "plays"], table => Directory.Exists(Path.Combine(settings.DataFolder, table))))
        {
            await Host.Error.WriteLineAsync($"statsgraph: {settings.DataFolder} holds no lake yet; 'statsgraph ingest' makes one");
        }

        using var store = Stores.Open(Host, settings);
        var response = await GraphQLExecutor.ExecuteAsync(
            store, query, Given(parsed, operation), values, cancellation, new ErrorLog(Host.Error), parsed.GetValue(explain),
            settings.Limits, Stores.Compliance(settings), new ScheduleRuns(Host, settings).Book);
        // Errors are no rows: a response that has some is printed as it is, and so is an explanation.
        if (response.HasErrors || parsed.GetValue(explain) || parsed.GetValue(format) == AnswerFormat.Json)
            await Host.Output.WriteAsync(ResponseJson.Indent(response.Json));
        else
            await WriteTableAsync(parsed.GetValue(format), query, Given(parsed, operation), response, cancellation);
        return response.HasErrors ? ExitStatus.Failed : ExitStatus.Done;
    }

    private async Task WriteTableAsync(
        AnswerFormat asked, string query, string? name, GraphQLResponse response, CancellationToken cancellation)
    {
        try
        {
            var table = GraphQLExecutor.Table(query, name, response);
            if (asked == AnswerFormat.Csv)
            {
                CsvTable.Write(table, Host.Output);
                return;
            }

            if (asked == AnswerFormat.Table)
            {
                await Host.Output.WriteAsync(AnswerTable.Print(table));
                return;
            }

            using var file = new MemoryStream();
            if (asked == AnswerFormat.Arrow)
                ArrowTable.Write(table, file);
            else if (asked == AnswerFormat.Parquet)
                ParquetTable.Write(table, file);
            else
                ExcelTable.Write(table, file);
            await using var output = Host.OpenOutput();
            await output.WriteAsync(file.GetBuffer().AsMemory(0, (int)file.Length), cancellation);
        }
        catch (NoTableException none)
        {
            throw CommandException.Failed(none.Message, none);
        }
    }

    private string? GivenVariables(ParseResult parsed)
    {
        if (Given(parsed, variables) is not { } text)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? text
                : throw CommandException.WrongUsage($"option '--variables': expected a JSON object, got {json.RootElement.ValueKind}");
        }
        catch (JsonException invalid)
        {
            throw CommandException.WrongUsage($"option '--variables': {invalid.Message}", invalid);
        }
    }

    private async Task<string> ReadDocumentAsync(string path, CancellationToken cancellation)
    {
        if (path == "-")
        {
            using var input = new StreamReader(Host.OpenInput(), Encoding.UTF8);
            return await input.ReadToEndAsync(cancellation);
        }

        try
        {
            return await File.ReadAllTextAsync(Path.GetFullPath(path, Host.WorkingFolder), cancellation);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Failed($"{path}: there is no such file", missing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: {failure.Message}", failure);
        }
    }
}

/// <summary>How an answer is printed.</summary>
internal enum AnswerFormat
{
    Json,
    Csv,
    Arrow,
    Parquet,
    Xlsx,
    Table,
}
