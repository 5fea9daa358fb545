namespace StatsGraph.Server.Edge;

/// <summary>A certificate cannot be used. The message names the setting, the file and what is wrong with it.</summary>
public sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
