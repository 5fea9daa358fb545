using System.Text;
using GraphQLParser;
using GraphQLParser.Exceptions;
using StatsGraph.Server.Documents;

namespace StatsGraph.Server.Telemetry;

/// <summary>A document without what it holds of data: every text and number in it is a question mark, comments and layout are gone.</summary>
internal static class NormalizedDocument
{
    private const int MaximumLength = 2_000;
    private const int HashDigits = 16;

    /// <summary>
    /// Digits that documents have in common which differ in texts, numbers and layout alone. They are of the normalised text, so that nobody can find out by trying
    /// what a filter held.
    /// </summary>
    public static string HashOf(string document) => SavedDocument.HashOf(Write(document))[..HashDigits];

    /// <summary>Its first 2,000 characters.</summary>
    public static string TextOf(string document)
        => Write(document) is var text && text.Length <= MaximumLength ? text : text[..MaximumLength] + " ...";

    private static string Write(string document)
    {
        var text = new StringBuilder(document.Length);
        try
        {
            var position = 0;
            while (Lexer.Lex(document, position) is { Kind: not TokenKind.EOF } token)
            {
                position = token.End;
                if (token.Kind != TokenKind.COMMENT)
                {
                    Add(text, token.Kind, document.AsSpan(token.Start, token.End - token.Start));
                }
            }
        }
        catch (GraphQLSyntaxErrorException)
        {
            text.Append(" ...");
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, TokenKind kind, ReadOnlySpan<char> written)
    {
        var isValue = kind is TokenKind.STRING or TokenKind.INT or TokenKind.FLOAT;
        if ((isValue || kind == TokenKind.NAME) && text.Length > 0 && (char.IsAsciiLetterOrDigit(text[^1]) || text[^1] is '_' or '?'))
        {
            text.Append(' ');
        }

        text.Append(isValue ? "?" : written);
    }
}
