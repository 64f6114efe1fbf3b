# Debian, current Node, only what production needs. It writes nothing: run it with a read-only root.
FROM node:26-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:26-trixie-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/compiled
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
RUN mkdir compiled && chown node compiled
USER node
# What Node makes of the program's text lies in the image, so that no start makes it again. It is taken by the same user with the same flags only.
RUN ["node", "--max-semi-space-size=16", "--heap-growing-percent=50", "-e", "Promise.all([import('./bot/main.ts'), import('./bot/start.ts'), import('./bot/app.ts')]).then(() => process.exit(0))"]
EXPOSE 3978
# Node itself, not npm: a signal to end must reach it. Both heaps are bounded as in `npm start`.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=50", "bot/main.ts"]
