using System.CommandLine;
using System.CommandLine.Parsing;

namespace StatsGraph;

/// <summary>Wrong usage that the parser would let through, or would report in more than one line.</summary>
internal static class CommandLineCheck
{
    /// <summary>Throws for the first thing wrong with a command line; help and version always pass.</summary>
    public static void ThrowIfWrong(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (parsed.Action is { ClearsParseErrors: true })
        {
            return;
        }

        ThrowIfFlagHasValue(parsed.CommandResult.Command, arguments);
        ThrowIfUnknownOption(parsed);
        if (parsed.CommandResult.Command is RootCommand root)
        {
            var verbs = string.Join(", ", root.Subcommands.Select(verb => verb.Name));
            var given = parsed.UnmatchedTokens.Count > 0 ? $"unknown verb '{parsed.UnmatchedTokens[0]}'" : "a verb is missing";
            throw CommandException.WrongUsage($"{given}; expected one of {verbs}; see 'statsgraph --help'");
        }

        if (parsed.Errors.Count > 0)
        {
            throw CommandException.WrongUsage(
                $"{parsed.Errors[0].Message.TrimEnd('.')}; see '{Words(parsed.CommandResult.Command)} --help'");
        }
    }

    /// <summary>The parser takes the value in <c>--json=yes</c> for a path.</summary>
    private static void ThrowIfFlagHasValue(Command command, IReadOnlyList<string> arguments)
    {
        var flags = command.Options.Where(option => option.ValueType == typeof(bool)).Select(option => option.Name);
        var pairs = arguments.TakeWhile(argument => argument != "--").SelectMany(argument => flags, (argument, flag) => (argument, flag));
        foreach (var (argument, flag) in pairs)
        {
            if (argument.StartsWith(flag + "=", StringComparison.Ordinal) || argument.StartsWith(flag + ":", StringComparison.Ordinal))
            {
                throw CommandException.WrongUsage($"option '{flag}' takes no value, got '{argument}'");
            }
        }
    }

    /// <summary>The parser takes an unknown option for a path, or for the value of the option before it.</summary>
    private static void ThrowIfUnknownOption(ParseResult parsed)
    {
        Token? previous = null;
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            if (token.Type == TokenType.Argument && token.Value.StartsWith('-') && token.Value.Length > 1)
            {
                throw previous is { Type: TokenType.Option } && TakesValue(parsed.CommandResult.Command, previous.Value)
                    ? CommandException.WrongUsage($"option '{previous.Value}' needs a value, got '{token.Value}'")
                    : CommandException.WrongUsage(
                        $"unknown option '{token.Value}'; see '{Words(parsed.CommandResult.Command)} --help'"
                        + " (a path that begins with a dash goes after --)");
            }

            previous = token;
        }
    }

    /// <summary>How a command is called: its name after those of the commands that it is one of.</summary>
    private static string Words(Command command)
        => command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Words(parent)} {command.Name}" : $"statsgraph {command.Name}";

    private static bool TakesValue(Command command, string name)
        => command.Options.Any(option => option.Name == name && option.ValueType != typeof(bool));
}
