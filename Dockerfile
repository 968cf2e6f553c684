# syntax=docker/dockerfile:1
# One image for every process: web (the default), worker, and the migrations.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# With the same key in every build, pages of the last release can still use their buttons while this one rolls out.
RUN --mount=type=secret,id=actions_key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,required=false \
    npm run build && rm -rf .next/cache && mkdir .next/cache
RUN npm prune --omit=dev --no-save

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 TABLEWRIGHT_CONFIG=/etc/tablewright/tablewright.yaml
# Owned by root: the process cannot change its own program.
COPY --from=build /app /app
USER 1000:1000
EXPOSE 3000
CMD ["node", "scripts/web.ts"]
