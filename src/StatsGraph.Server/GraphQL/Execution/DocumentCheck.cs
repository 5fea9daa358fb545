using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Tells of a document, before anybody asks it, whether it can be executed.</summary>
/// <param name="limits">What it may ask for.</param>
internal sealed class DocumentCheck(GraphQLLimits limits)
{
    /// <summary>Braces, brackets and what else may stand within one another; a field takes two. What settings allow is below it.</summary>
    private const int MaximumNesting = 128;

    /// <summary>What one is told who wants to change something.</summary>
    public const string NoMutations = "There are queries and subscriptions only; no mutations.";

    private static readonly string TooDeepToRead = FormattableString.Invariant(
        $"The document is nested more than {MaximumNesting} levels deep, which is the most that is read: select and filter less deeply.");

    private static readonly DocumentValidator Validator = new();

    /// <summary>Parses a document; the error where it has a syntax error or asks for too much, found without the schema.</summary>
    public static ExecutionError? Parse(string text, GraphQLLimits limits, out GraphQLDocument? document)
    {
        document = null;
        if (LongLine(text, limits) is { } line)
        {
            return new ExcessError(line);
        }

        try
        {
            document = Parser.Parse(text, new ParserOptions { Ignore = IgnoreOptions.Comments, MaxDepth = MaximumNesting });
        }
        catch (GraphQLSyntaxErrorException error)
        {
            var told = new ExecutionError($"The document has a syntax error: {error.Description}") { Code = ErrorCodes.SyntaxError };
            told.AddLocation(error.Location);
            return told;
        }
        catch (GraphQLMaxDepthExceededException)
        {
            return new ExcessError(new Excess(ErrorCodes.TooDeep, TooDeepToRead, MaximumNesting));
        }

        return (DocumentSize.Of(document).Over(limits) ?? Repeated(document, limits)) is { } excess ? new ExcessError(excess) : null;
    }

    private static Excess? LongLine(string text, GraphQLLimits limits)
    {
        var longest = 0;
        foreach (var line in text.AsSpan().SplitAny('\r', '\n'))
        {
            longest = Math.Max(longest, line.End.Value - line.Start.Value);
        }

        var excess = Excess.Of(
            ErrorCodes.LineTooLong, $"A line of the document has {longest} characters", longest,
            limits.MaximumLineLength, nameof(limits.MaximumLineLength));
        return excess is null ? null : excess with { Message = excess.Message + " Break the line, or give long values as variables." };
    }

    private static Excess? Repeated(GraphQLDocument document, GraphQLLimits limits)
    {
        var most = Repetitions.Most(document);
        return Excess.Of(
            ErrorCodes.TooManyRepetitions, $"The document has {most} fields of one name in one place", most,
            limits.MaximumRepetitions, nameof(limits.MaximumRepetitions));
    }

    /// <summary>Whether a text is a document that is within the limits.</summary>
    public bool IsWorthKeeping(string text) => Parse(text, limits, out _) is null;

    /// <summary>Why a document cannot be executed, whatever its variables are; else null and the document.</summary>
    public string? Fault(string text, out GraphQLDocument? document)
    {
        if (Parse(text, limits, out document) is { } error)
        {
            return error.Locations is [{ } at, ..] ? FormattableString.Invariant($"{error.Message} (line {at.Line}, column {at.Column})") : error.Message;
        }

        GraphQLOperationDefinition[] operations = [.. document!.Definitions.OfType<GraphQLOperationDefinition>()];
        return operations.Length == 0 ? "The document has no operation."
            : Array.Exists(operations, operation => operation.Operation == OperationType.Mutation) ? NoMutations
            : Invalid(document, operations[0]);
    }

    /// <summary>What the schema has against a document. Values of variables are not there yet, so what is said of those does not count.</summary>
    private static string? Invalid(GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        var validation = Validator.ValidateAsync(new ValidationOptions
        {
            Schema = StatsGraphSchema.Instance,
            Document = document,
            Operation = operation,
            Rules = DocumentValidator.CoreRules,
            Variables = Inputs.Empty,
        });

        // Asynchronous in form only: no rule waits for anything.
        return validation.GetAwaiter().GetResult().Errors.FirstOrDefault(error => error is not InvalidVariableError)?.Message;
    }
}
