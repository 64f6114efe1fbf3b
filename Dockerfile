# Debian, current Node, only what production needs. It writes nothing: run it with a read-only root.
FROM node:26-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:26-trixie-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
USER node
EXPOSE 3978
# Node itself, not npm: a signal to end must reach it. Both heaps are bounded as in `npm start`.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=50", "bot/main.ts"]
