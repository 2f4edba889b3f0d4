# The commands of this repository; `make help` lists them. The work is in scripts/ and pom.xml.
.DEFAULT_GOAL := help

.PHONY: help setup up down preview doctor format bench lint test test-unit test-engine test-e2e test-monitoring test-vm test-plugins test-sample-api test-dashboards

help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## install and build what is missing; quick when nothing is
	@scripts/setup

up: ## bring FreshTrack up on this machine's Docker Engine (stack `local`) and print its URLs
	@scripts/up

down: ## stop and remove it, keeping volumes and passwords (VOLUMES=1 removes these too)
	@scripts/down $(if $(filter 1,$(VOLUMES)),--volumes)

preview: ## show what `pulumi up` would change (STACK=local, dev or prod); no tracked file changes
	@scripts/preview $(or $(STACK),local)

doctor: ## check tools, engine, memory, disk, ports and clock
	@scripts/doctor

format: ## format the Java sources
	@scripts/setup
	scripts/with-env mvn -B -ntp -q spotless:apply

bench: ## measure previews, deploys, rollouts and pooling; prints tables (not a test)
	@scripts/bench

test: ## run every test; sets up what is missing
	@scripts/test all

lint: ## check every shell script and the format of the Java sources
	@scripts/test lint

test-sample-api: ## the sample API's own tests
	@scripts/test sample-api

test-dashboards: ## the dashboards, by Grafana's own types
	@scripts/test dashboards

test-plugins: ## the bundled plugins' own tests
	@scripts/test plugins

test-unit: ## unit, golden and architecture tests
	@scripts/test unit

test-engine: ## the program under the real Pulumi engine
	@scripts/test engine

test-e2e: ## the product on a real Docker Engine
	@scripts/test e2e

test-monitoring: ## the product with what watches it
	@scripts/test monitoring

test-vm: ## docs/self-hosted.md, and the product on a server that is reached over ssh
	@scripts/test vm
