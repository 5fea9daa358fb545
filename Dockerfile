# Builds StatsGraph and packs it on the ASP.NET Core runtime, for a user that is not root.
#
#   docker build -t statsgraph .
#   docker run -p 127.0.0.1:5080:5080 -v statsgraph:/data statsgraph
#   docker run -v statsgraph:/data -v /var/log/icecast2:/logs:ro statsgraph ingest /logs
#
# Whoever reaches the port may read every figure, because of --public below. Publish it to this machine alone, as above, or have the server ask
# for tokens:
#
#   docker run -v statsgraph:/data statsgraph token add --scope read
#   docker run -p 5080:5080 -v statsgraph:/data statsgraph serve --urls http://0.0.0.0:5080

# Node.js with npm builds the dashboard, and fetches the IDE, the country file, the list of bots and a font; none of its tools stays in the image.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
RUN dotnet publish src/StatsGraph --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
RUN mkdir /data && chown "$APP_UID" /data
ENV STATSGRAPH_DATA=/data
VOLUME /data
WORKDIR /data
EXPOSE 5080
USER $APP_UID
# The image has no curl; bash can open a connection itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/app/statsgraph"]
# Inside the container every address is the container's own: who may reach it is decided where its port is published.
CMD ["serve", "--urls", "http://0.0.0.0:5080", "--public"]
