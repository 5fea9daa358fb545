using System.Data;
using DuckDB.NET.Data;

namespace StatsGraph.Reports.Engine;

/// <summary>
/// An embedded DuckDB with a scratch file of its own, which goes when it goes. No type of DuckDB leaves this class.
/// </summary>
internal sealed class QueryEngine : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly DuckDBConnection root;

    // A statement uses all cores already; a few at once keep them busy, more would only share the memory out.
    private readonly SemaphoreSlim places = new(2 * Environment.ProcessorCount);

    /// <param name="memoryLimit">Memory it may use, in DuckDB's notation; what does not fit goes to the scratch folder.</param>
    /// <exception cref="QueryException">The memory limit is none.</exception>
    public QueryEngine(string memoryLimit)
    {
        var settings = new DuckDBConnectionStringBuilder { DataSource = Path.Combine(scratch.Path, "scratch.duckdb") };
        settings["memory_limit"] = memoryLimit;
        settings["preserve_insertion_order"] = "false";
        settings["autoinstall_known_extensions"] = "false";
        settings["autoload_known_extensions"] = "false";
        settings["lock_configuration"] = "true";
        root = new DuckDBConnection(settings.ConnectionString);
        try
        {
            root.Open();
        }
        catch (DuckDBException exception)
        {
            Dispose();
            throw new QueryException($"The query engine does not start with a memory limit of '{memoryLimit}': {exception.Message}", exception);
        }
    }

    /// <summary>Runs a statement that returns no rows, off the caller's thread.</summary>
    /// <exception cref="QueryException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled: the statement has ended, and changed nothing.</exception>
    public Task ExecuteAsync(Statement statement, CancellationToken cancellation) =>
        RunAsync(statement, static command => command.ExecuteNonQuery(), cancellation);

    /// <summary>Runs a query off the caller's thread and reads all of its rows.</summary>
    /// <exception cref="QueryException">The statement failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled: the statement has ended.</exception>
    public Task<List<T>> QueryAsync<T>(Statement statement, Func<IDataRecord, T> read, CancellationToken cancellation) =>
        RunAsync(
            statement,
            command =>
            {
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                {
                    cancellation.ThrowIfCancellationRequested();
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        root.Dispose();
        scratch.Dispose();
    }

    private async Task<T> RunAsync<T>(Statement statement, Func<DuckDBCommand, T> run, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Run(statement, run, cancellation), cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    private T Run<T>(Statement statement, Func<DuckDBCommand, T> run, CancellationToken cancellation)
    {
        statement.Check(cancellation);
        // One process has one instance of a database file, however many connections it has.
        using var connection = new DuckDBConnection(root.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        foreach (var (name, value) in statement.Values)
            command.Parameters.Add(new DuckDBParameter(name, value ?? DBNull.Value));
        using var interruption = new Interruption(command.Cancel, cancellation);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return run(command);
        }
        catch (Exception exception) when (exception is DuckDBException or OperationCanceledException && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", exception, cancellation);
        }
        catch (DuckDBException exception)
        {
            throw new QueryException(exception.Message, exception);
        }
    }
}
