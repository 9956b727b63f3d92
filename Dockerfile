# CarTIngest as an image: docker build -t cartingest .  and, for a look at it on this machine,
#   docker run --read-only --tmpfs /tmp -v cartingest:/data -p 127.0.0.1:5080:5080 -e Sources__PubMed__Email=you@hospital.example -e Web__PublicAddress=http://127.0.0.1:5080 cartingest
# deploy/compose.yaml has the whole: PostgreSQL, two workers, the pages, a catcher of mail.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# First what decides the packages, so that a change of the code alone restores nothing.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/CarTIngest/CarTIngest.csproj src/CarTIngest/packages.lock.json src/CarTIngest/
COPY src/CarTIngest.Rehearsal/CarTIngest.Rehearsal.csproj src/CarTIngest.Rehearsal/packages.lock.json src/CarTIngest.Rehearsal/
COPY src/CarTIngest.Host/CarTIngest.Host.csproj src/CarTIngest.Host/packages.lock.json src/CarTIngest.Host/
RUN dotnet restore src/CarTIngest.Host --locked-mode

COPY appsettings.json LICENSE NOTICE ./
COPY deploy/publish.sh deploy/
COPY src/ src/
RUN deploy/publish.sh /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app

# The working directory holds the store, the mail and the cookies' key, and belongs to the user who writes them; all else may be read-only.
RUN mkdir -m 0700 /data && chown "$APP_UID" /data
USER $APP_UID
WORKDIR /data
VOLUME /data

# Inside a container only this address can be published. Nothing but health and the login answers on it without an account.
ENV Web__Urls=http://0.0.0.0:5080 Logging__Format=json DOTNET_EnableDiagnostics=0
EXPOSE 5080
# The image has no curl; bash opens the connection itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15m CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 line <&3 && [[ $line == *' 200 '* ]]"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/cartingest"]
