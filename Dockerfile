# CarTIngest as an image: docker build -t cartingest .  &&  docker run -v cartingest:/data -p 127.0.0.1:5080:5080 cartingest
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

# The working directory holds the store, and belongs to the user who writes it.
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
WORKDIR /data
VOLUME /data

# Inside a container only this address can be published. There is no login yet, so only /health/live is served on it; `docker exec … /app/cartingest status` tells the rest.
ENV Web__Urls=http://0.0.0.0:5080
EXPOSE 5080
ENTRYPOINT ["/app/cartingest"]
