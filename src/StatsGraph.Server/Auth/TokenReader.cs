namespace StatsGraph.Server.Auth;

/// <summary>
/// Finds the caller who bears a token that comes in the first message of a WebSocket, <c>{"Authorization": "Bearer ..."}</c>: browsers send no
/// headers of a page's choice with a WebSocket. A server that has no such service knows no tokens, and ignores them as it does the header.
/// </summary>
/// <param name="token">The token, without <c>Bearer</c> before it.</param>
/// <returns>The caller; null where nobody bears it.</returns>
internal delegate Caller? TokenReader(string token);
