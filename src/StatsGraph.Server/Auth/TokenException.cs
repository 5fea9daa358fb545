namespace StatsGraph.Server.Auth;

/// <summary>A token cannot be changed. The message names its file and says what is wrong.</summary>
public sealed class TokenException(string message) : Exception(message);
