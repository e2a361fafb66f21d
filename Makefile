# Every target works on a machine with only Go and a C compiler, but for lint, which installs its pinned linter.
.PHONY: help build run test race lint fuzz bench clean

FUZZTIME ?= 20s
GOLANGCI_LINT = v2.15.0

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

build: ## build bin/gongwen
	go build -trimpath -o bin/gongwen ./cmd/gongwen

run: build ## index the sample documents and serve them on http://127.0.0.1:8080
	bin/gongwen demo

test: ## run every test
	go test ./...

race: ## run every test under the race detector
	go test -race -timeout 30m ./...

lint: ## check format, vet and linter
	@test -z "$$(gofmt -l .)" || { gofmt -d .; exit 1; }
	go vet ./...
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT) run

fuzz: ## fuzz every fuzz test for FUZZTIME
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
		done; \
	done

bench: ## run the benchmarks; the output is for benchstat
	go test -run '^$$' -bench . -benchmem ./...

clean: ## remove what was built
	rm -rf bin
